/** That a mail could not be delivered: for good (`hard`) or for now (`soft`); the address, and the enhanced status code (RFC 3463). */
export type Bounce = {
  type: "hard" | "soft";
  address: string | null;
  status: string | null;
  /** Whether the server has given up; else it goes on trying. */
  isFinal: boolean;
};

/** That somebody counts a mail as unwanted: whom it had gone to, where the report tells. */
export type Complaint = { address: string | null };

type Fields = Map<string, string>;

const LOOKED_AT = 20_000;
const ADDRESS =
  /[A-Za-z0-9_][A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{0,63}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?/;
const ADDRESSES = new RegExp(ADDRESS.source, "g");
const ENHANCED = /(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])/;
const SMTP_REPLY = /(?<![\d.])([45])[0-7]\d(?=[ \-#:])/;

/** Reads the delivery-status part of a report (RFC 3464): the first recipient that failed, else the first delayed; null if neither. */
export function readDeliveryStatus(report: string): Bounce | null {
  const groups = report
    .slice(0, LOOKED_AT)
    .replace(/\r\n?/g, "\n")
    .split(/\n[ \t]*\n/)
    .map(fieldsOf)
    .filter(
      (fields) => fields.has("final-recipient") || fields.has("original-recipient") || fields.has("action"),
    );
  const bounces = groups.map(bounceOf).filter((bounce) => bounce !== null);
  return bounces.find(({ type }) => type === "hard") ?? bounces[0] ?? null;
}

/** Reads the feedback part of a report of abuse (RFC 5965); null where it reports something else, as that a mail is wanted. */
export function readFeedbackReport(report: string): Complaint | null {
  const fields = fieldsOf(report.slice(0, LOOKED_AT).replace(/\r\n?/g, "\n"));
  if (!/^(?:abuse|fraud|opt-out)/i.test(fields.get("feedback-type") ?? "")) return null;
  return { address: addressOf(fields, ["original-rcpt-to", "removal-recipient"]) };
}

function fieldsOf(group: string): Fields {
  const fields: Fields = new Map();
  for (const line of group.replace(/\n[ \t]+/g, " ").split("\n")) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).trim().toLowerCase();
    if (colon > 0 && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  return fields;
}

function bounceOf(fields: Fields): Bounce | null {
  const action = fields.get("action")?.toLowerCase() ?? "failed";
  const status = statusOf(fields);
  if (!/^(?:failed|delayed)/.test(action)) return null;
  const isSoft = action.startsWith("delayed") || status?.startsWith("4");
  return {
    type: isSoft ? "soft" : "hard",
    // The address that was written to, where a forwarding changed it on the way.
    address: addressOf(fields, ["original-recipient", "final-recipient"]),
    status,
    isFinal: action.startsWith("failed"),
  };
}

function addressOf(fields: Fields, names: string[]): string | null {
  for (const name of names) {
    const address = ADDRESS.exec(fields.get(name) ?? "")?.[0];
    if (address) return address;
  }
  return null;
}

/** A status that only says "failed" (5.0.0) gives way to what the diagnosis says. */
function statusOf(fields: Fields): string | null {
  const told = ENHANCED.exec(fields.get("status") ?? "")?.[0] ?? null;
  const diagnosed = ENHANCED.exec(fields.get("diagnostic-code") ?? "")?.[0] ?? null;
  const isVague = told === null || /\.0\.0$/.test(told);
  return isVague && diagnosed && (told === null || diagnosed[0] === told[0]) ? diagnosed : told;
}

const SUBJECTS =
  /undeliver|delivery (?:status notification|failure|has failed|problem|report|incomplete|delayed)|returned mail|mail delivery (?:failed|failure|system|subsystem)|failure notice|could not be delivered|not delivered|message (?:not delivered|delayed|blocked)|bounced|warning: (?:message|could not send)|unzustellbar|zustellung|non remis|échec de (?:la )?remise|no se (?:puede|pudo) entregar|devuelto|退信|投递失败|系统退信|退回|无法送达|配信不能|配信(?:できません|失敗)|送信できません|エラーメール|mancata consegna|não entregue|onbestelbaar|не доставлен/i;
const OPENINGS =
  /this is the (?:qmail-send program|mail system at|postfix program|mail delivery agent)|this message was created automatically by (?:the )?mail (?:delivery|transfer)|delivery to the following recipients? (?:failed|has been delayed)|(?:following|these) (?:address(?:\(?es\)?)?|recipients?)[^.]{0,60}(?:fail|had (?:permanent|transient)|cannot be reached|could not|undeliver|not reached|delayed)|your message (?:did not reach|wasn't delivered|could not be delivered|has not been delivered|couldn't be delivered)|message could not be delivered|unable to deliver|undeliverable message|i wasn't able to deliver|permanent(?:ly)? (?:fatal )?(?:error|failure)|was not delivered|konnte nicht zugestellt|n'a pas pu être (?:remis|livré|délivré)|no se pudo entregar|(?:邮件|郵件)(?:无法|未能|没有|未)(?:被)?(?:投递|送达|发送)|退回给您|被退回|(?:配信|配送|送信)(?:でき|が失敗|に失敗)/i;
const DELAYED =
  /delayed|will (?:be retried|continue|keep trying)|still (?:trying|being retried)|warning message only|do(?: not|n't) need to (?:resend|retry)|temporar(?:y|ily)|try again later|deferred|4\.\d{1,3}\.\d{1,3}|verzögert|retard[ée]|暂时|稍后重试|一時的/i;
const GIVEN_UP =
  /g(?:ave|ive|iven|iving) up|retry time(?:out)? exceeded|(?:message|delivery time|queue) (?:has )?expired|in (?:the )?queue too long|permanent(?:ly)? (?:fatal )?(?:error|fail)/i;
const CAUSES: readonly (readonly [RegExp, string])[] = [
  [
    /over ?quota|mailbox (?:is )?full|quota exceeded|insufficient (?:disk )?space|storage (?:full|limit)|邮箱(?:已满|空间不足|容量)|容量オーバー|boîte[^.]{0,20}pleine|postfach[^.]{0,20}voll/i,
    "2.2",
  ],
  [
    /user (?:is )?(?:unknown|not found)|unknown (?:user|recipient|address|local)|no such (?:user|mailbox|recipient|address|person)|(?:mailbox|recipient|address|account|user)[^.]{0,30}(?:not exist|unavailable|not found|unknown|disabled|inactive|invalid|rejected)|no mailbox here|does(?: not|n't) (?:have an? \S{1,40} account|exist)|invalid (?:recipient|mailbox|address)|用户不存在|收件人(?:地址)?(?:不存在|有误)|地址不存在|邮箱不存在|存在しません|unbekannt|inconnu|n'existe pas|no existe|desconocid/i,
    "1.1",
  ],
  [
    /(?:host|domain)(?: name)?[^.]{0,30}(?:not found|unknown|not exist|no such)|unrouteable|unknown (?:host|domain)|no (?:mx|route)|name (?:service|server) error|域名(?:不存在|无效|解析)/i,
    "1.2",
  ],
  [
    /timed? ?out|connection refused|no route to host|could not connect|network is unreachable|连接超时|连接失败/i,
    "4.1",
  ],
  [
    /spam|blacklist|blocked|black ?list|reject(?:ed)? (?:by|due to) (?:policy|content)|policy|垃圾邮件|拒绝/i,
    "7.1",
  ],
];

/** What a bounce without a report part is read from. */
export type FreeFormBounce = {
  subject: string;
  from: string;
  text: string;
  failedRecipients: string | null;
  isNullSender: boolean;
};

/** Reads bounces as qmail, Exim, Exchange, Postfix, webmailers and others word them for people; null where it is none. */
export function readFreeFormBounce({
  subject,
  from,
  text,
  failedRecipients,
  isNullSender,
}: FreeFormBounce): Bounce | null {
  const isDaemon = /^(?:mailer-daemon|postmaster|mail-?daemon|mdaemon|.*-bounces?)@|^mailer-daemon$/i.test(
    from,
  );
  const body = text.slice(0, LOOKED_AT);
  const isOpened = OPENINGS.test(body.slice(0, 3000));
  const signs =
    Number(isDaemon || isNullSender) +
    Number(SUBJECTS.test(subject)) +
    Number(isOpened) +
    Number(failedRecipients !== null);
  if (signs < 2) return null;
  const explained = withoutOriginal(body);
  const address = ADDRESS.exec(failedRecipients ?? "")?.[0] ?? addressIn(explained, from);
  const { isSoft, status } = gravityOf(`${subject}\n${explained}`);
  const isFinal = !isSoft || GIVEN_UP.test(explained);
  return { type: isSoft ? "soft" : "hard", address, status, isFinal };
}

/** The message that came back follows below; its addresses are not the ones that failed. */
function withoutOriginal(body: string): string {
  const below =
    /^[-\s]{0,8}(?:below this line is a copy|this is a copy of the message|(?:-{3,} )?(?:original|returned) message|(?:-+ )?the original message|-+ unsent message|原始邮件|原邮件信息)/im.exec(
      body,
    );
  return below && below.index > 40 ? body.slice(0, below.index) : body;
}

/** The first address that is neither the daemon's nor part of its complaint about somebody else's host. */
function addressIn(text: string, from: string): string | null {
  const all = [...text.matchAll(ADDRESSES)].map(([address]) => address.replace(/[.>'"]+$/, ""));
  return all.find((address) => address !== from && !/^(?:mailer-daemon|postmaster)@/i.test(address)) ?? null;
}

function gravityOf(text: string): { isSoft: boolean; status: string | null } {
  const enhanced = ENHANCED.exec(text)?.[0] ?? null;
  const reply = SMTP_REPLY.exec(text)?.[1] ?? null;
  const told = enhanced?.[0] ?? reply;
  const cause = CAUSES.find(([phrase]) => phrase.test(text))?.[1] ?? null;
  const isSoft = told === "4" || (told === null && DELAYED.test(text));
  const status = enhanced ?? (cause || told ? `${isSoft ? 4 : 5}.${cause ?? "0.0"}` : null);
  return { isSoft, status };
}
