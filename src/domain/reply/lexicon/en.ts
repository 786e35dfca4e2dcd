import { HINT, type Lexicon } from "./lexicon.ts";

const WE = "(?:we|i|they|our \\w+|accounts?|finance|ap|the team|my colleague)";
const HAVE =
  "(?:(?:have|has|had|['’]ve|was|were|been|is|are|got) )?(?:already |just |now |actually |since |recently |fully |duly )*";
const DONE = "(?:paid|settled|wired|transferred|remitted|cleared|processed|released|executed|sent|issued)";
const WILL =
  "(?:will|['’]ll|shall|going to|gonna|plan(?:ning)? to|intend(?:ing)? to|expect(?:ing)? to|aim(?:ing)? to|can|hope to|should be able to|promise to|am to|are to|about to|commit to)";
const PAY =
  "(?:pay|settle|wire|transfer|remit|clear|send (?:you )?(?:the |a )?(?:payment|money|funds|balance|cheque|check|wire|transfer)|make (?:the |a |this )?(?:payment|transfer)|process|release|get (?:it|this|that|the \\w+) (?:paid|wired|settled|sent|sorted|cleared))";
const MONEY =
  "(?:payments?|transfers?|wires?|funds|money|remittance|cheque|check|amount|balance|invoices?|it|this|that|the above|sum)";
const INVOICE = "(?:invoices?|bills?|inv[- ]?\\w*\\d+|copy|copies|statement|document|pdf)";

export const EN: Lexicon = {
  isSpaced: true,
  clues: {
    insolvency: [
      "insolven(?:t|cy)",
      "bankrupt(?:cy)?",
      "chapter (?:11|7|eleven|seven)",
      "(?:in|into|entered|under) (?:administration|receivership|liquidation)",
      "liquidators?|administrators? (?:has|have|was|were) been appointed|been appointed~(?:administrators?|liquidators?|receivers?)",
      "(?:proof of debt|creditors?['’]? meeting|winding[- ]up|wound up|ceased trading|pre-petition)",
      { says: "(?:gone|went|going) (?:bust|under|to the wall)|ceased to trade|struck off", surety: HINT },
    ],
    dispute: [
      "(?:do(?:es)? not|don['’]t|doesn['’]t|cannot|can['’]t) (?:agree|accept|recogni[sz]e|approve)(?! to)",
      "disput(?:e|es|ed|ing)|contest(?:ed|ing)?(?! to)|object to",
      "(?:in)?correct(?:ed)? (?:amount|price|quantity|vat|tax|rate|invoice)|(?:price|amount|quantity|vat|rate|total|invoice|charge|tax|figure)s?~(?:incorrect|wrong|(?:does|do)(?: not|n['’]t) (?:match|agree|correspond|tally)|mismatch|differs?|too high|overstated|not (?:correct|right|what we))",
      "wrong (?:amount|price|quantity|rate|item|goods|product|vat)",
      "over-?charged|over-?billed|charged (?:us )?(?:twice|double|for)~|double[- ]?billed|billed (?:us )?(?:twice|for)|duplicate invoice",
      "(?:damaged|defective|faulty|broken|missing|short[- ]delivered|incomplete|poor quality|not working)(?! (?:invoice|link|attachment))",
      "credit (?:note|memo)",
      "not (?:think|believe)~(?:right|correct)|return(?:ed|ing) (?:the|these|those|all|this) (?:goods|items?|order|product)|not (?:be )?paying~(?:until|till|for|because)",
      "(?:only|just) (?:received|got|delivered|supplied|\\d+|half|part|some|one|two|three|a few)~(?:delivered|received|arrived|supplied)|(?:goods|services?|items?|order|delivery|work)~(?:never|not|n['’]t)~(?:delivered|received|arrived|completed|performed|ordered|rendered)",
      "(?:never|not|n['’]t) (?:ordered|order|received the (?:goods|service|items?|delivery))",
      "(?:won['’]t|will not|not going to|refuse to) (?:be )?pay(?:ing)?|(?:are|am|'re|'m|is) not (?:paying|settling|releasing)",
      "(?:turned up|arrived|came|delivered|received|were|was)~{20}(?:smashed|cracked|dented|torn|soaked|mouldy|unusable|scratched|too late|past its date)",
      "(?:charged|billed|invoiced) (?:us )?for~(?:but|only|when|whereas|instead)",
      "(?:withhold|on hold|holding)~(?:until|till|because)~(?:resolved|fixed|replaced|clarified)",
      "(?:does|do)(?: not|n['’]t) match (?:our|the) (?:po|purchase order|order|records|quote|contract)",
      "(?:error|mistake|discrepanc(?:y|ies))~(?:invoice|bill|amount|price|charge)|(?:invoice|bill)~(?:error|mistake|discrepanc(?:y|ies))",
      {
        says: "should not be (?:on|charged|billed|included|there)|(?:we|i) (?:cancelled|canceled)|never (?:agreed|signed|asked|requested|authori[sz]ed)|(?:needs?|has|have) to be (?:fixed|redone|repaired|replaced)|peeling|leak\\w*|crack\\w*|rust\\w*|stopped working|does not work|not fit for",
        surety: HINT,
      },
      {
        says: "(?:revise|correct|amend|re-?issue|adjust) (?:the|this|your) (?:invoice|bill|amount)|(?:supposed|meant) to (?:be|have been) (?:included|free|waived)|should have been (?:included|free|waived|credited)",
        surety: HINT,
      },
    ],
    wrong_person: [
      "(?:wrong|incorrect|not the (?:right|correct)) (?:person|contact|address|department|recipient|company)",
      "(?:no longer|don['’]t|do not|not) (?:work(?:ing)?|responsible|employed|with the company|in charge|handle|handling|the (?:right|correct) (?:person|contact))(?! (?:on|out|for us))",
      "(?:has |have )?(?:left|retired from) (?:the |our )?(?:company|firm|organi[sz]ation|business)",
      "(?:please |kindly )?(?:contact|write to|e-?mail|reach out to|direct (?:this|these|your)|send (?:this|these|it|all|your)~to|address (?:this|your)~to|forward this to|get in touch with)~(?:instead|@|department|going forward|in future|from now on)",
      "should (?:go|be (?:sent|addressed|directed)) to",
      "not my (?:department|responsibility|area)|not (?:in )?(?:accounts|finance|ap|payables)(?: here)?",
      "(?:left|changed|moved (?:on|out|away)|transferred) (?:from )?(?:that|this|the|my) (?:department|team|role|job|position)|(?:moved to|now in) (?:a |an )?(?:different|another|other) (?:department|team|role)|(?:try|you (?:want|need))~@",
      {
        says: "(?:got|have|reached) the wrong \\w+|(?:i'm|i am) in (?:hr|sales|marketing|it|logistics|reception|purchasing)|(?:dealt with|handled) by",
        surety: HINT,
      },
      { says: "no longer (?:with|in|part of|at) (?:the |that |our )?\\w+", surety: HINT },
    ],
    not_received: [
      `(?:never|not|n['’]t|cannot|can['’]t|unable to|don['’]t)~(?:received?|got|get|seen?|find|locate|have|trace|see)~${INVOICE}`,
      `(?:re-?send|send (?:me |us )?~(?:again|copy|copies|another)|send (?:it|me|us|over)~${INVOICE}|forward (?:me |us )?(?:a |the )?copy|provide~copy|share~copy|need a copy|e-?mail (?:me |us )?(?:a |the )?copy)`,
      `(?:no (?:record|trace|sign)|missing)~(?:of )?(?:this |the |your )?${INVOICE}`,
      `${INVOICE}~(?:is missing|did(?: not|n['’]t) (?:arrive|reach)|never (?:arrived|reached|came)|not (?:on file|in our system|received))`,
      "could you (?:please )?(?:re-?send|send (?:it|this) again)|please re-?send",
      `(?:never|not) (?:ever |actually )?(?:seen|received|got|had) (?:this|that|it|one|any)|(?:ping|shoot|mail|get|drop) (?:me|us|over) ~{12}${INVOICE}`,
      "(?:attachment|link|pdf|file)~(?:missing|(?:not|n['’]t) (?:open|attached|work))",
      {
        says: "nothing(?:'s| has| is)? (?:landed|arrived|come|here|received)|(?:send|have|get) it (?:over )?again",
        surety: HINT,
      },
      {
        says: "(?:forward|provide|share|attach) (?:me |us )?(?:the|that|this) (?:actual )?invoice|only~{12}(?:the|your|a) reminder",
        surety: HINT,
      },
    ],
    paid: [
      `${WE} ${HAVE}${DONE}(?! (?:a|the|you|an|this|it)? ?(?:to |copy|invoice to|e-?mail|query))`,
      `${MONEY}~(?:(?:has|have|['’]s) (?:already |now |just |since |been )*been|was|were|is|are) (?:already |now |just |fully |duly |all )*${DONE}(?! to (?:my|our|the) (?:manager|approver|boss|director|head))`,
      `${MONEY}~(?:has|have|['’]s|already) (?:already |just |now )?(?:gone out|left|been made|went out|cleared)|${MONEY}~(?:went out|went through|left our (?:bank|account)|hit your account|were made|was made)`,
      {
        says: "already (?:paid|settled|cleared|done)|paid (?:in full|last|on|yesterday|via|by|already|this morning|today)|made (?:the |a |this |full )?(?:payment|transfer)",
        unless: "(?:will|to) be~paid",
      },
      {
        says: "(?:attached|attaching|enclosed|find|here is|see)~(?:remittance|proof of payment|payment (?:confirmation|receipt|advice|slip|proof)|swift|bank (?:confirmation|slip|receipt)|transfer (?:confirmation|receipt))",
        surety: 0.9,
      },
      "remittance (?:advice )?(?:attached|enclosed)|proof of payment",
      `${MONEY} (?:already )?(?:cleared|was debited|was taken|got paid)|(?:paid|sent|settled|wired|transferred) (?:it|this|that|these|them|both|you|the \\w+) ~{12}(?:last|already|yesterday|ago|earlier|this morning)`,
      "(?:show|shows|showing|marked|recorded|appears?)~(?:as )?(?:paid|settled|cleared)",
      "should (?:be|have (?:been|arrived))~(?:in|on|with) your (?:account|bank)~(?:by now|already)",
      {
        says: "(?:cleared|squared|settled) (?:that|this|it|them)|(?:money|it|payment)~(?:has left|has gone|was taken|got debited)|debited",
        surety: HINT,
      },
    ],
    hardship: [
      "instal?ments?|payment plan|pay (?:\\w+ )?in (?:parts?|stages|two|three|four|several|monthly)|part[- ]payments?|partial payments?|spread (?:the |this |out )?(?:payment|cost|it)|split (?:the |this )?(?:payment|invoice|amount|bill)|repayment plan",
      "cash[- ]?flow|(?:cash|money|funds|liquidity|budget)~(?:tight|short|low|problem|issue|difficult|limited)|short of (?:cash|funds)|financial(?:ly)? (?:difficult|trouble|problem|strain|struggl|hardship)\\w*|struggling|tough (?:time|month|quarter|period)|business (?:has been|is) (?:slow|bad|quiet)",
      "(?:can(?:no|['’])t|cannot|unable to|not able to|not in a position to)(?: currently| presently| yet)? (?:pay|settle|afford|make (?:the |a )?(?:full )?payment|cover)(?!~until~(?:po|approv|invoice|receiv))",
      "(?:extend|extension|postpone|defer|more time|extra time|additional time|grace period|delay (?:the |this )?payment|push (?:the |this )?(?:payment|due date)|later due date|few more (?:weeks|days|months)|bear with us)",
      "(?:things|times|money|cash|budgets?) (?:are|is) (?:\\w+ ){0,2}(?:tight|difficult|hard|tough|rough)|(?:split|spread|stagger|break) (?:it|this|that|the \\w+)~(?:over|into|across|up)|(?:do not|not|no)~{8}(?:have|got)? ?(?:the|any|enough)? ?(?:cash|money|funds)(?! transfer)|(?:give|allow) (?:us|me) (?:until|till|some|a (?:bit|little|few)|more|another)",
      "waiting~(?:to be paid|for our (?:own )?(?:customers?|clients?)|on payment from)",
      {
        says: "\\d[\\d.,]* (?:a|per|each|every) (?:month|week)|(?:sales|trade|business|turnover|orders) (?:have|has|is|are)~(?:fallen|dropped|collapsed|down|slow|dried)|skint|strapped|nothing in the (?:bank|account|pot)",
        surety: HINT,
      },
      {
        says: "in (?:two|three|four|five|six|several|equal|a few) (?:parts|payments|tranches|chunks|goes)|pay (?:it|this|that) off",
        surety: HINT,
      },
    ],
    in_approval: [
      "(?:await|wait|pending|needs?|requires?|subject to|chas)\\w*~(?:approval|sign[- ]?off|approved|authoris|authoriz|authorised|authorized|po(?: number)?(?! box)|purchase order|signature|clearance|verification)\\w*",
      "(?:for|in|under|with|through|to)(?: \\w+){0,3} (?:approval|sign[- ]?off|authori[sz]ation|review|verification)(?! of the goods)",
      "(?:sitting|stuck|lying|still|is) with (?:the |our |my )?(?:\\w+ )?(?:manager|director|boss|cfo|ceo|head|owner|controller|buyer)|(?:wait|hold|pending)\\w*~(?:grn|goods receipt|matched|matching|receipted|coded|cost cent(?:re|er))",
      "(?:approver|sign[- ]?off|approval (?:process|workflow|queue|system))|to sign (?:it |this )?off",
      "(?:being|currently|still) (?:approved|reviewed|processed|verified|checked)|in process(?:ing)?|is processing|working (?:on|through) (?:it|this)|looking into (?:it|this)|checking (?:with|internally)|(?:forwarded|passed|sent|submitted)~(?:to )(?:my|our|the)~(?:manager|boss|director|head|team|colleague|department|accounts|finance|controller|cfo)(?!~instead)",
      {
        says: "(?:needs?|requires?|wait\\w*)~(?:director\\w*|signatures?|authori[sz]\\w*|approv\\w*|green light|the nod)|on (?:his|her|their|the \\w+'s|my \\w+'s) desk|green light",
        surety: HINT,
      },
    ],
    promise: [
      { says: "(?:we|i) (?:pay|settle|wire|transfer|remit)(?! (?:our|all|every))", surety: 0.8 },
      `(?:${WE}|it|this|which|payment)(?:'re|'m|'s)? ?(?:\\w+ )?${WILL}(?: also| now| then| definitely| certainly)? (?:be able to )?${PAY}`,
      `(?:will|['’]ll|shall|going to|to|should|can)(?: now| then)? (?:be|get|go|have (?:it|this|that|the \\w+))~(?:paid|settled|wired|transferred|remitted|cleared|processed|released|made|sent|out|executed)`,
      `(?:${MONEY})~(?:will|['’]ll|shall|should|to|is|are) (?:be )?(?:go(?:ing)? out|leave|follow|arrive|reach|hit|land|be made|be with you|be on its way)`,
      {
        says: `(?:schedul|plann|book|arrang|queu|set up|lined up|program|earmark)(?:ed|ing)?~(?:for|on|payment|paid|run)|(?:payment|invoice|it|this|inv-?\\w*\\d*)~(?:is |been |are )?(?:scheduled|planned|due|set|queued|booked|included)~`,
        unless: "(?:call|meeting|leave|holiday|vacation)",
      },
      "(?:next|in (?:our|the|this)|our next|upcoming|weekly|monthly)~(?:payment|pay|cheque|check|bacs|payables?) ?runs?",
      "(?:expect|receive|have|see|get)~(?:the |your |our )?(?:payment|funds|money|transfer|wire|it|[$€£¥][\\d.,]+|amount|balance)~(?:by|on|within|next|tomorrow|this|before|at|in)",
      "(?:take|taking) care of~(?:invoice|payment|balance|this|it|amount|bill)",
      `${WE} (?:are|am|['’]re|['’]m) (?:paying|settling|wiring|transferring|processing|making|sending|releasing|arranging)~`,
      "you(?: will| should| can expect to|'ll) (?:receive|have|see|get)~",
      {
        says: "(?:on|in|for) (?:\\w+(?:'s)? ){0,3}(?:run|batch)|going (?:out |over )?(?:by|via|through) (?:bacs|chaps|ach|sepa|wire|bank|cheque|check|faster payments?)|expect (?:it|this|that|payment|the \\w+) (?:then|by|on|before|next|this|tomorrow)",
        surety: 0.75,
      },
      "payment(?: date)?(?: is|:)? (?:on|by|this|next|tomorrow|monday|tuesday|wednesday|thursday|friday)|payment to follow|(?:pay|paid) (?:by|before|on|next|tomorrow|this)(?! (?:mistake|error|invoice))",
      {
        says: "(?:will|'ll) (?:sort|square|pop|drop) ~|(?:you're|you are|it's|it is|this is|that's) (?:booked|down|lined up|on the list) ~{6}(?:for|in|on)|value date|(?:treasury|bank|finance|boss) (?:has |have )?confirmed~(?:payment|date|for)",
        surety: HINT,
      },
    ],
    stop: [
      "(?:stop|quit|cease)~(?:send|sending|e-?mail|e-?mailing|contact|contacting|writing|harass|remind)\\w*",
      "unsubscribe|(?:remove|take|delete) (?:me|us|my|our|this)~(?:list|database|mailing|address|from)",
      "(?:do not|don['’]t|never) (?:e-?mail|contact|write|send)~(?:again|any ?more|me|us)(?!~invoice)",
      "opt(?:[- ]| me )out|no (?:more|further) (?:e-?mails|reminders|messages)",
      {
        says: "enough~(?:e-?mails|reminders|messages)|knock it off|leave (?:me|us) alone|pack it in|spamming",
        surety: HINT,
      },
    ],
    question: [
      "(?:could|can|would) you (?:please )?(?:tell|confirm|explain|clarify|advise|provide|let me know|send|share)",
      "(?:please )?(?:let (?:me|us) know|advise|clarify|confirm) (?:which|what|how|where|who|if|whether|why)",
      "(?:what|which|how|where|who|why|when) (?:is|are|was|were|do|does|did|can|should|bank|invoice|account|order)",
    ],
  },
  negated:
    "(?:(?:have|has|had|was|were|is|are|be|been|did|do|does|will|can|could|would|won|don|didn|hasn|haven|isn|wasn|aren|cannot)(?: |['’]?)(?:not|n['’]t|['’]t|nt)|never|unable|cannot|can['’]t|won['’]t|yet to|still to)(?: yet| currently| actually| been| be| able to| going to| yet been)*~{12}(?:pa(?:y|id|ying)|settle\\w*|wire\\w*|transfer\\w*|process\\w*|made?|make|release\\w*|clear\\w*|remit\\w*|sent)|unpaid|not yet paid|no payment",
  conditional:
    "(?:if|once|as soon as (?:we|you|the (?:invoice|goods|approval|credit))|unless|until|after (?:you|we receive|receipt)|when (?:you|we (?:receive|get)))",
  asks: "(?:please (?:advise|clarify|confirm|explain|let)|could you|can you|would you)",
  courtesy: "how are you|hope (?:you|this|all)|have a (?:nice|good|great)|thank(?:s| you)",
};
