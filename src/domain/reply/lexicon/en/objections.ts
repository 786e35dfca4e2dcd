import { HINT, type Objections } from "../lexicon.ts";

const INVOICE = "(?:invoices?|bills?|inv[- ]?\\w*\\d+|copy|copies|statement|document|pdf)";

/** Why we do not get further with whom we wrote to. */
export const OBJECTIONS: Objections = {
  insolvency: [
    "insolven(?:t|cy)",
    "bankrupt(?:cy)?",
    "chapter (?:11|7|eleven|seven)",
    "(?:in|into|entered|under) (?:administration|receivership|liquidation)",
    "liquidators?|administrators? (?:has|have|was|were) been appointed|been appointed~(?:administrators?|liquidators?|receivers?)",
    "(?:proof of debt|creditors?['’]? meeting|winding[- ]up|wound up|ceased trading|pre-petition)",
    { says: "(?:gone|went|going) (?:bust|under|to the wall)|ceased to trade|struck off", surety: HINT },
    "(?:administrators?|liquidators?|receivers?|trustee) (?:\\w+ )?(?:was|were|is|are|has been|have been) (?:\\w+ )?appointed",
    "claims~(?:to the (?:administrators?|liquidators?|receivers?))",
    "(?:appoint\\w*|enter\\w*|filed for|petition)~(?:administration|liquidation|receivership|insolvency|an? (?:administrator|liquidator))",
    {
      says:
        "cva|company voluntary arrangement|creditors['’]? (?:voluntary )?(?:arrangement|liquidation|protection)|(?:moratorium|stay) ~{10}(?:creditors|debts)|dissolved|" +
        "wind(?:ing)? (?:up|down) the (?:company|business)|(?:closed|shut)(?: down)? for good",
      surety: HINT,
    },
  ],
  wrong_person: [
    "(?:wrong|incorrect|not the (?:right|correct)) (?:person|contact|address|department|recipient|company)",
    "(?:no longer|don['’]t|do not|not) (?:work(?:ing)?|responsible|employed|with the company|in charge|handle|handling|the (?:right|correct) (?:person|contact))(?! (?:on|out|for us))",
    "(?:has |have )?(?:left|retired from) (?:the |our )?(?:company|firm|organi[sz]ation|business)",
    "(?:please |kindly )?(?:contact|write to|e-?mail|reach out to|direct (?:this|these|your)|send (?:this|these|it|all|your)~to|address (?:this|your)~to|forward this to|get in touch with)~(?:instead|department|going forward|in future|from now on)",
    "should (?:go|be (?:sent|addressed|directed)) to",
    "not my (?:department|responsibility|area)|not (?:in )?(?:accounts|finance|ap|payables)(?: here)?",
    "(?:left|changed|moved (?:on|out|away)|transferred) (?:from )?(?:that|this|the|my) (?:department|team|role|job|position)",
    "(?:moved to|now in) (?:a |an )?(?:different|another|other) (?:department|team|role)|(?:try|you (?:want|need))~@\\w+",
    {
      says: "(?:got|have|reached) the wrong \\w+|(?:i'm|i am) in (?:hr|sales|marketing|it|logistics|reception|purchasing)|(?:dealt with|handled) by",
      surety: HINT,
    },
    { says: "no longer (?:with|in|part of|at) (?:the |that |our )?\\w+", surety: HINT },
    "(?:i|he|she|they|mr~|mrs~|ms~|colleague|who) (?:have |has )?(?:left|retired)(?: from)? (?!(?:the |our |your |my )?(?:bank|account|message|note|voicemail|money|it|this|that|a|him|her|them|office|desk|payment|funds|invoice))~{24}(?:in|on|at the (?:end|start)|last|years?|months?|weeks?|since)",
    {
      says:
        "(?:try|use|ask|mail|e-?mail|contact|send~to|forward~to|write to|go(?:es)? to|best|over to) ~{24}@\\w+|" +
        "(?:not|no longer) (?:my|our) (?:job|company|firm|bill|debt|invoice|account|department|problem|thing)|" +
        "(?:do|does) not (?:do|handle|deal with|look after|manage|see) (?:the )?(?:bills?|invoices?|payments?|accounts?|finance|that|those|any of)|" +
        "nothing to do with (?:the )?(?:accounts|invoices|payments|me|us|bills|finance)",
      unless: "again|re-?send|copy|pdf|once more|invoice to|paid|done|will pay|transfer",
    },
    {
      says:
        "(?:this is |i am |i'm |it's |just )(?:just |only )?(?:the )?(?:reception(?:ist)?|front desk|the shop floor|the warehouse|a driver|the caretaker|an? (?:intern|temp))|" +
        "(?:has|have|is|'s) (?:since |now )?retired|(?:on|gone on) (?:maternity|parental|paternity|sick|long-term) leave|passed away|" +
        "(?:taken over|takes? over|took over|looks? after|handles?|handled|deals? with|does|runs) (?:by |the |our |all |this |these |her |his |my )*(?:accounts|invoices?|payables|payments|bills|finance|books|desk|role|job|work)|" +
        "(?:my|his|her) (?:successor|replacement|predecessor)|(?:not|no longer) (?:here|with us|employed|involved)(?! (?:until|till|today|this|on|before|yet))",
      unless: "until|till|back on|next week|will (?:be )?pay",
      surety: HINT,
    },
    {
      says:
        "(?:speak|talk) (?:to|with) (?:our|the|my) (?:accounts|finance|bookkeeper|accountant|head office|office)|" +
        "(?:head office|hq|parent company|landlord|franchisee|accountants?|bookkeeper) (?:deals|handles|does|pays|takes care)|(?:never|not) heard of (?:you|this company)|" +
        "(?:different|another|other) company|do not know (?:any|who|a|this)|not (?:the )?\\w+ you(?:'re| are) looking for|no one (?:here )?(?:of|by|called|with) (?:that|the) name",
      unless: "pay\\w* (?:on|it)",
      surety: HINT,
    },
    {
      says:
        "sold (?:the|my|our) (?:business|company|shop|firm)|new (?:owners?|management)|" +
        "(?:you|they) (?:need|want|should (?:ask|speak|contact|write))~{4}(?:to )?(?!to |the |this |that |it|us|me|a |an |more|your|from|for|is|will)\\w+[.!]?$|" +
        "(?:wrong|different) (?:company|\\w+ ltd)",
      unless: "pay|copy|invoice",
      surety: HINT,
    },
    {
      says:
        "(?:mixed|mixing)~{10}up|(?:someone|somebody) else|confus\\w* (?:me|us) with|(?:just|only) rent|no idea (?:what|who)~{10}(?:this|you)|" +
        "not the (?:tenant|owner|customer|buyer|landlord|one|client|debtor)|(?:i'm|i am|we're|we are) (?:a|an|the) (?:landlord|teacher|tenant|neighbou?r|private|student|school|charity)",
      unless: "pay|else (?:to pay|signs?|needs)",
      surety: HINT,
    },
    {
      says: "no longer works|(?:direct|address|refer|forward) ~{60}@\\w+|ask \\w+ (?:in|at|from) (?:the |our )?\\w+|i only do (?:the )?\\w+",
      unless: "again|copy|pdf|re-?send",
    },
  ],
  not_received: [
    `(?:never|not|n['’]t|cannot|can['’]t|unable to|don['’]t)~(?:received?|got|get|seen?|find|locate|have|trace|see)~${INVOICE}`,
    `(?:re-?send|send (?:me |us )?~(?:again|copy|copies|another)|send (?:it|me|us|over)~${INVOICE}|forward (?:me |us )?(?:a |the )?copy|provide~copy|share~copy|need a copy|e-?mail (?:me |us )?(?:a |the )?copy)`,
    `(?:no (?:record|trace|sign)|missing)~(?:of )?(?:this |the |your )?${INVOICE}`,
    `${INVOICE}~(?:is missing|did(?: not|n['’]t) (?:arrive|reach)|never (?:arrived|reached|came)|not (?:on file|in our system|received))`,
    "could you (?:please )?(?:re-?send|send (?:it|this) again)|please re-?send",
    `(?:never|not) (?:ever |actually )?(?:seen|received|got|had) (?:this|that|it|one|any)(?! (?:in one|all))|(?:ping|shoot|mail|get|drop) (?:me|us|over) ~{12}${INVOICE}`,
    "(?:attachment|link|pdf|file)~(?:missing|(?:not|n['’]t) (?:open|attached|work))",
    {
      says: "nothing(?:'s| has| is)? (?:landed|arrived|come|here|received)|(?:send|have|get) it (?:over )?again",
      surety: HINT,
    },
    {
      says: "(?:forward|provide|share|attach) (?:me |us )?(?:the|that|this) (?:actual )?invoice|only~{12}(?:the|your|a) reminder",
      surety: HINT,
    },
    "not (?:been )?(?:recorded|registered|listed|posted|on file|on (?:our|the|my) (?:ledger|system|books|account|file)|in (?:our|the|my) (?:ledger|system|books|account|inbox|records|files))",
    "never (?:ever )?reached (?:us|me|our)|(?:has |did )?not reach(?:ed)? (?:us|me|our)|nothing (?:from you|on (?:our|the) (?:system|ledger|file)|under that (?:number|reference))",
    "no such (?:invoice|document|number)|(?:have|got|find|found|see) (?:no|nothing)~{10}(?:invoice|bill|trace|record)",
    {
      says:
        "not have (?:that|this|it)(?: one| invoice| document| bill)?(?: (?:here|on|in|at)|[.,!?]|$)|" +
        "(?:not|never) (?:had|got|seen|received|have) (?:an?|any|this|that|the|your|it|one)(?: \\w+){0,2} ?(?:invoice|bill|one|copy|pdf|paperwork)|" +
        "(?:cannot|not) (?:see|find|locate|trace|place) (?:it|this|that|any|your|the|one)(?: one| invoice| bill| document)?",
      unless: "in one go|all at once|at once|money|cash|funds|payment|way|logic|reason|order|delivery",
    },
    "(?:mail|e-?mail|send|forward|drop|ping|shoot|submit|upload|resubmit|post|fax|let)~(?:pdf|(?:a|another|the) copy|invoice mailbox|duplicate|portal|the (?:actual |original )?(?:invoice|bill)|me have it|the document)",
    "(?:send|resend|mail|forward|e-?mail|post) (?:it|this|that|them|the \\w+) (?:to (?:me|us)|over|across|through|again|once more|one more time|afresh)",
    {
      says:
        "(?:what|which) (?:invoice|bill)\\?|(?:only|just)~{12}(?:the|your|this|a) (?:reminder|chaser|statement)|(?:not|nothing|nor|neither|either|checked)~(?:spam|junk)|" +
        "lost in the post|gone astray|went astray|(?:lost|misplaced|mislaid) (?:it|the|your)|do you have a copy|duplicate please",
      surety: HINT,
    },
    "(?:can|could|would|will) you~{16}(?:send|e-?mail|mail|forward|resend|post) (?:it|this|that|them|one|the invoice)",
    "(?:gone|went|sent) to~{12}(?:old|wrong|former|previous|another) (?:address|e-?mail|office|person|inbox)|(?:no|without|missing|forgot~) (?:the |an |any )?attachment",
    "nothing (?:was )?attached|attachment~(?:empty|missing|blank|corrupt\\w*|not)|not (?:been )?attached",
    "(?:copy|duplicate) (?:please|pls|of)|for a copy|missing (?:this|that|one|your) (?:one|invoice|bill)|last (?:one|invoice|bill) (?:i|we) (?:have|got|received|see)",
    "(?:require|need|send|have)~{12}original",
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
    "(?:stop|quit|cease)(?: \\w+){0,2} (?:mailing|spamming|bothering|pestering|chasing|hounding|bombarding|messaging|texting|calling|these|this|the|your|with (?:the|these|this|your))(?! (?:bank|standing|direct|order|work|delivery))~?",
    "(?:report|block|blacklist)(?:ing)? (?:you|your|this)~|(?:marked?|reported?|flag(?:ged)?)~as (?:spam|junk)|harass\\w*",
    {
      says:
        "(?:hear|letter) from (?:our|my) (?:solicitors?|lawyers?)|(?:one|any) more (?:of these|e-?mail|mail|message|reminder)|(?:take|get) (?:me|us|this address|my address) off|" +
        "do not (?:want|wish) (?:to (?:receive|get|hear)|any (?:more|further))|sick (?:of|and tired)|fed up with",
      surety: HINT,
    },
  ],
};
