/** What machines write, in the languages of the world: lists of phrases, each read without regard to case. */

/** Subjects of answers sent while somebody is away, and of other automatic answers. */
export const AUTOMATIC_SUBJECTS: readonly string[] = [
  "^(?:auto(?:matic(?:ally)?|mated)?[ -]?(?:reply|response|generated)|autoreply|auto:|out of (?:the )?office|ooo\\b|on (?:annual |maternity |parental |sick )?(?:leave|vacation|holiday)|away from)",
  "(?:^|[:\\s(])(?:out of (?:the )?office|automatic reply|auto[- ]?reply|automated (?:reply|response)|vacation (?:reply|response|notice))",
  "^(?:自动回复|自動回覆|自动答复|外出|休假|不在办公室|自動返信|自動応答|不在通知|不在のお知らせ|【自動返信】|자동 ?회신|부재중)|自动回复|自動返信|自動回覆",
  "^(?:abwesenheits?\\w*|abwesend|automatische (?:antwort|rückmeldung)|automatisch\\w*|nicht im (?:büro|haus)|im urlaub|außer haus)|abwesenheits(?:notiz|benachrichtigung|assistent|nachricht|mitteilung)",
  "^(?:réponse automatique|absence|absent|message d'absence|absente?|hors du bureau|en congés?)|(?:réponse automatique|message d'absence|absence du bureau)",
  "^(?:respuesta automática|fuera de (?:la )?oficina|ausencia|ausente|de vacaciones)|(?:respuesta automática|fuera de (?:la )?oficina)",
  "^(?:risposta automatica|fuori (?:ufficio|sede)|assenza|assente|resposta automática|fora do escritório|ausência|automatisch antwoord|afwezig\\w*|autosvar|automatiskt svar|automatisk svar|frånvaro\\w*|fravær\\w*|poissa|automaattinen vastaus|autoodpowiedź|odpowiedź automatyczna|nieobecność|poza biurem|автоответ|автоматический ответ|автоматична відповідь|отсутствие|otomatik (?:yanıt|cevap)|automatická odpověď|automatikus válasz|răspuns automat|αυτόματη απάντηση|jawaban otomatis|balasan otomatis|trả lời tự động|رد تلقائي)",
];

/** Somebody is away. */
export const AWAY_PHRASES: readonly string[] = [
  "(?:i am|i'm|i will be|i'll be|currently|am|is|be) (?:currently |presently |now |still )?(?:out of (?:the )?office|away (?:from|on|until|till)|on (?:annual |maternity |paternity |parental |sick |medical |extended )?(?:leave|vacation|holidays?|pto)|travell?ing (?:with|until|and)|not in the office|out (?:until|till|on))",
  "out of (?:the )?office (?:until|till|from|through|with|and|on|between|this)|(?:limited|no|intermittent) access to (?:my )?(?:e-?mails?|mailbox)|thank you for your (?:e-?mail|message)[.,! ]{1,3}i am (?:out|away|on|currently)|will (?:respond|reply|get back).{0,50}(?:upon|when|after|on) my return",
  "(?:bin|befinde mich|ist).{0,50}(?:nicht im (?:büro|haus|dienst)|außer haus|im urlaub|in elternzeit|abwesend|nicht erreichbar|auf (?:dienstreise|geschäftsreise)|im mutterschutz)|in meiner abwesenheit|während meiner abwesenheit|wieder (?:im (?:büro|haus)|erreichbar|für sie da)|e-?mails? (?:wird|werden) nicht weitergeleitet",
  "(?:je suis|suis|serai|sera|est).{0,40}(?:absente?|en congés?|en vacances|en déplacement|hors du bureau|en arrêt)|absente?[^.]{0,20}(?:du bureau|jusqu'au|du \\d)|de retour (?:le|au bureau|lundi|mardi|mercredi|jeudi|vendredi)|pendant mon absence|en mon absence|mon retour",
  "(?:estoy|estaré|me encuentro|estará|está).{0,40}(?:fuera de (?:la )?oficina|de vacaciones|ausente|de baja|de permiso|de viaje)|durante mi ausencia|en mi ausencia|hasta mi (?:regreso|vuelta)|regreso el|a mi (?:regreso|vuelta)",
  "(?:我|本人|目前|现在|正在|因)[^。]{0,16}(?:休假|外出|出差|不在办公室|年假|产假|请假|休年假|度假|病假)|(?:休假|外出|出差|年假)(?:中|期间)|不在(?:办公室|公司)|(?:返回|回到|回)(?:办公室|公司|岗位)后?(?:会|再|将)?(?:回复|处理)?|无法及时(?:回复|查看|处理)",
  "(?:休暇|出張|外出|夏季休業|年末年始|休業|不在|育児休業|産休|有給)(?:中|を取得|のため|をいただ|期間|にし|とな|いたし)|不在(?:に|と|で)|(?:休業|休暇)(?:期間|日)|出社(?:は|し|いた)",
  "(?:sono|sarò).{0,40}(?:fuori (?:ufficio|sede)|in ferie|assente)|(?:estou|estarei).{0,40}(?:fora do escritório|de férias|ausente)|(?:ben|ik ben).{0,40}(?:afwezig|met vakantie|op vakantie|niet (?:op kantoor|aanwezig))|(?:jestem|będę).{0,40}(?:na urlopie|nieobecn)|jag är.{0,40}(?:på semester|inte på kontoret|ledig)|(?:нахожусь|буду|я).{0,40}(?:в отпуске|отсутств|вне офиса)|부재중|휴가 중|자리를 비|jeg (?:er|holder).{0,40}(?:ferie|ikke på kontoret|fraværende)|olen.{0,40}(?:lomalla|poissa|vapaalla)|jsem.{0,40}(?:na dovolené|mimo kancelář|nepřítom)|(?:izinde|tatilde|ofis(?:te)? (?:dışında|değil))|szabadságon|în concediu|у відпустці|σε άδεια|sedang cuti",
];

/** A system says that something arrived, or that nobody reads there. */
export const ACKNOWLEDGEMENT_PHRASES: readonly string[] = [
  "(?:your|a new|the) (?:request|ticket|case|message|e-?mail|enquiry|inquiry|support request)[^.]{0,50}(?:has been|was|is) (?:received|created|opened|registered|logged|assigned|submitted|updated)|(?:ticket|case|request|reference)(?: id| number| no\\.?)?[ :#]{1,3}\\[?#?[a-z]{0,4}-?\\d{3,}[^.]{0,60}(?:created|opened|received|assigned|logged)|we(?:'ve| have) (?:received|logged) your (?:request|e-?mail|message|ticket|enquiry|inquiry|query)",
  "(?:incident|case|ticket|request) [a-z]{0,5}\\d{4,}[^.]{0,40}(?:opened|created|logged|registered)|(?:opened|created|logged) on your behalf|we (?:got|received) your (?:request|ticket|e-?mail|message)[^a-z]{1,3}we'(?:re|ll)",
  // Of services that ask a sender to prove to be a person.
  "complete (?:the|this) verification|verify that you are a (?:real|live|human)|protecting myself from (?:receiving )?(?:junk|spam|unsolicited)|(?:confirm|prove) (?:that )?you are (?:a )?(?:human|real person|not a robot)",
  // Of receipts, and of what is called back.
  "your message.{0,300}was (?:read|displayed|opened|deleted without)|ihre nachricht.{0,300}wurde.{0,60}(?:gelesen|angezeigt)|votre message.{0,300}a été (?:lu|affiché|ouvert)|su mensaje.{0,300}(?:se leyó|fue leído|ha sido leído)|(?:邮件|郵件|消息).{0,200}已(?:于.{0,40})?(?:被)?(?:阅读|讀取|读取|閱讀)|メッセージ.{0,200}開封され|would like to recall the message|möchte die nachricht.{0,200}zurückrufen|souhaite rappeler le message|desea recuperar el mensaje",
  "this (?:is|was) an? (?:automated|automatic|auto[- ]?generated|system[- ]generated)|(?:automatically|auto)[- ]?generated (?:e-?mail|message|reply|response|notification)|(?:please )?do not (?:reply|respond) to this (?:e-?mail|message|mail)|this (?:mailbox|inbox|address|e-?mail address) is (?:not|un)\\s?monitored|automatic confirmation|you are receiving this (?:e-?mail|message) because your (?:request|ticket)",
  "(?:ihre|ihr) (?:anfrage|nachricht|e-?mail|ticket|anliegen)[^.]{0,50}(?:ist eingegangen|eingegangen|erhalten|wurde (?:erfasst|registriert|erstellt|angelegt))|automatisch (?:generiert|erstellt|erzeugt|versendet)\\w*|dies ist eine automatisch|(?:bitte )?antworten sie nicht auf diese|eingangsbestätigung",
  "(?:votre|une) (?:demande|message|ticket|requête|courriel|e-?mail)[^.]{0,50}(?:a (?:bien )?été (?:reçue?|enregistrée?|créée?|prise?)|est bien (?:reçue?|enregistrée?))|(?:ceci est un|ce) message (?:est )?(?:automatique|généré automatiquement|envoyé automatiquement)|(?:merci de )?ne pas répondre à ce (?:message|mail|courriel)|accusé de réception",
  "(?:su|hemos recibido su) (?:solicitud|mensaje|consulta|ticket|correo|petición)[^.]{0,50}(?:ha sido|fue|se ha) (?:recibid|registrad|cread)\\w*|(?:mensaje|correo|respuesta) (?:generad[oa] )?automátic\\w*|generado automáticamente|no responda a este (?:mensaje|correo)|acuse de recibo",
  "(?:系统|系統)自动(?:发送|回复|生成|发出)|自动(?:发送|发出|生成)的?(?:邮件|信件|消息)|(?:请勿|請勿|请不要)(?:直接)?回(?:复|覆)(?:此|本|该)?(?:邮件|郵件|信)|您的(?:工单|请求|邮件|来信|反馈|问题)[^。]{0,16}(?:已(?:收到|创建|受理|提交|登记))|我们已(?:经)?收到您的(?:来信|邮件|请求|反馈)[^。]{0,20}(?:尽快|工作日)",
  "(?:自動(?:送信|配信|返信|応答)|自動的に(?:送信|配信))(?:され|です|して|メール|専用|の)|本メールは(?:自動|システム)|(?:このメール|本メール)(?:に|へ)(?:は)?(?:返信|ご返信)(?:でき|いただ|され|なさ|しな)|お問い?合わせ(?:を)?(?:受け付け|受付|承り)(?:ま|いた)|送信専用",
  "(?:questo|este) (?:è un )?(?:messaggio|mensagem|e-?mail)[^.]{0,20}(?:automatic|automátic)\\w*|dit is een automatisch|automatisch gegenereerd|detta är ett automatiskt|to jest automatyczn|wiadomość wygenerowana automatycznie|это автоматическ|не отвечайте на это",
];

/** The sentence of somebody away that names the day of return, or the last day away. */
export const RETURN_PHRASES: readonly string[] = [
  "(?:back|return(?:ing)?|resume|available again|in the office again|be in the office)",
  "(?:zurück|wieder (?:im|in|für|erreichbar|da|am|ab)|rückkehr|erreichbar ab|ab dem)",
  "(?:de retour|retour|reprendr|reviendr|reprise|disponible à partir)",
  "(?:regres|vuelt|volver|reincorpor|disponible a partir|de vuelta)",
  "(?:返回|回来|回到|回公司|回办公室|恢复|上班|返岗|归来)",
  "(?:出社|戻り|戻る|復帰|帰社|営業開始|業務再開|通常営業)",
  "(?:rientr|ritorn|torn[oe]|di nuovo (?:in|disponibile)|retorn|de volta|terug|tillbaka|tilbake|tilbage|wracam|wróc|powrot|powrót|вернусь|верн[её]мся|возвращ|выйду|повернусь|dön|palaa|takaisin|paluu|vrát|zpět|zpátky|visszatér|revin|επιστρέφ|kembali|복귀|돌아)",
];
export const AWAY_UNTIL_PHRASES: readonly string[] = [
  "(?:until|till|through|thru|to|up to|between|from)",
  "(?:bis|vom)",
  "(?:jusqu'au|jusqu'à|au|du)",
  "(?:hasta|al|del)",
  "(?:至|到|直到|期间|截至)",
  "(?:まで|から|より|期間)",
  "(?:fino al|sino al|al|até|a|tot|t\\/m|till|til|do|до|по)",
];
/** The day named is itself still a day away. */
export const INCLUSIVE_PHRASES: readonly string[] = [
  "(?:inclusive|including|through|thru|einschließlich|inkl\\.?|incl\\.?|inclus|compris|inclusive|incluido|inclusive|含|いっぱい|t\\/m|до конца)",
];
