import { GUESS, HINT, type MoneyClues } from "../lexicon.ts";

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
const ROLE =
  "(?:boss|director|manager|foreman|treasurer|partner|owner|cfo|ceo|controller|supervisor|head of \\w+|surveyor|architect|committee|board|trustees?|chair\\w*|mayor|council|budget holder|finance team|approver)";
const WAITS =
  "(?:wait\\w*|until|till|sign\\w*|approv\\w*|confirm\\w*|check\\w*|look\\w*|review\\w*|back|holiday|leave|away|meets?|meeting|decid\\w*|ok|okay|release\\w*|needs?|must|has to)";

/** What became, or becomes, of the money. */
export const MONEY_CLUES: MoneyClues = {
  paid: [
    `${WE} ${HAVE}${DONE}(?! (?:a|the|you|an|this|it)? ?(?:to |copy|invoice to|e-?mail|query))`,
    `${MONEY}~(?:(?:has|have|['’]s) (?:already |now |just |since |been )*been|was|were|is|are) (?:already |now |just |fully |duly |all )*${DONE}(?! to (?:my|our|the) (?:manager|approver|boss|director|head))`,
    `${MONEY}~(?:has|have|['’]s|already) (?:already |just |now )?(?:gone out|left|been made|went out|cleared)`,
    `${MONEY}~(?:went out|went through|left our (?:bank|account)|hit your account|were made|was made)`,
    {
      says: "already (?:paid|settled|cleared|done)|paid (?:in full|last|on|yesterday|via|by|already|this morning|today)|made (?:the |a |this |full )?(?:payment|transfer)",
      unless: "(?:will|to) be~paid",
    },
    {
      says: "(?:attached|attaching|enclosed|find|here is|see)~(?:remittance|proof of payment|payment (?:confirmation|receipt|advice|slip|proof)|swift|bank (?:confirmation|slip|receipt)|transfer (?:confirmation|receipt))",
      surety: 0.9,
    },
    "remittance (?:advice )?(?:attached|enclosed)|proof of payment",
    `${MONEY} (?:already )?(?:cleared|was debited|was taken|got paid)`,
    "(?:paid|sent|settled|wired|transferred) (?:it|this|that|these|them|both|you|the \\w+) ~{12}(?:last|already|yesterday|ago|earlier|this morning)",
    "(?:show|shows|showing|marked|recorded|appears?)~(?:as )?(?:paid|settled|cleared)",
    "should (?:be|have (?:been|arrived))~(?:in|on|with) your (?:account|bank)~(?:by now|already)",
    {
      says: "(?:cleared|squared|settled) (?:that|this|it|them)|(?:money|it|payment)~(?:has left|has gone|was taken|got debited)|debited",
      surety: HINT,
    },
    "(?:^|[.,!:] ?|ok |yes |hi |hello |morning |hey )(?:all |it'?s |is |was |been |both |already )*(?:done|paid|settled|transferred|wired) (?:already|yesterday|last|on|by|via|this (?:morning|week)|in|from|with|and|that|it|at|through|out|ages|weeks|days|\\d+)",
    "(?:^|[.!] ?)(?:already )?(?:paid|settled|transferred|wired|done)(?:[.,!]|$)",
    "(?:did|made|sent|put through|initiated|completed|authori[sz]ed|pushed|done|ran|keyed|actioned|processed) (?:you )?(?:the|a|that|our|this|your|it as a) (?:\\w+ )?(?:transfer|payment|wire|bacs|bank transfer|money|funds|cheque|check)",
    "(?:left|leaving|gone from|out of|debited from|taken from|came out of|went out of|off) (?:our|my|the) (?:\\w+ )?(?:bank|account|statement)",
    "(?:was|were|been|got|is) (?:\\w+ )?(?:cleared|debited|settled|remitted|wired|transferred|paid|credited|drawn)(?: (?:on|in|by|via|from|with|last|yesterday|already|through|to you)|[.,!]|$)",
    "(?:payment|transfer|bacs|wire|money|funds|cheque) (?:made|done|sent|gone|completed|went|dated|executed|of ~{16}was) (?:on|yesterday|last|already|out|\\d+)?",
    {
      says:
        "(?:payments?|mails?|money|messages?|letters?|reminders?|we)~{14}(?:have |has |must have |probably )*crossed|crossed (?:in the|with|over)|" +
        "(?:have|has) (?:already )?(?:been )?(?:taken care of|dealt with|squared|sorted|seen to)|(?:your|the) (?:bank|account) should (?:have|show)|" +
        "should (?:already )?be (?:with|in) (?:you|your)|check~{12}your (?:bank|accounts?|statements?)|(?:check|look) again|" +
        "(?:bank|transaction|payment|transfer|trace) (?:ref|reference|id|number)(?: is| was|:)|payment document",
      unless: "details|sort code|iban|will |going to|cross[- ]check|friday's|run|change",
      surety: HINT,
    },
    "(?:money|payment|funds|it|that|this|cheque|transfer)(?:'s| is| has)? (?:already |been and )*gone(?!\\?| to| through approval| out (?:of|for))|left (?:us|here|our end)",
    "(?:was|is) in (?:the|our) (?:\\w+ )?(?:batch|run) (?:of|on|from|dated)|(?:cheque|check|money)~(?:was|been|got) (?:cashed|banked|presented|credited|collected)",
    "paid (?:it |this |that |you )?(?:in )?(?:cash|by card|over the phone|by paypal|by cheque|by direct debit|at the (?:counter|till))",
    "(?:screenshot|receipt|proof|confirmation|remittance)~{12}(?:attached|below|enclosed|in front of me|to prove)",
    "should have (?:had|got|received|seen|reached) (?:this|it|that|the|you|our)|(?:came|went|was taken|been taken) out (?:of|on|from|last|yesterday)",
    "(?:card|account|paypal) was (?:charged|debited)|(?:we|i|they) did (?:pay|transfer|settle|send)|(?:have|got|here is) (?:the|a|my) (?:receipt|confirmation|proof)",
    "(?:it|this|that|one|they|money|payment|transfer|which) (?:\\w+ )?went (?:across|over|out|through)~{6}(?:on|last|yesterday|with|already|\\d+)",
    "(?:says?|shows?|showing|marked|status) (?:it |as |is )?(?:paid|sent|completed|executed|settled)|(?:handed|gave|given|left|posted|mailed|dropped)~{16}(?:cheque|check|cash)",
  ],
  hardship: [
    "instal?ments?|payment plan|pay (?:\\w+ )?in (?:parts?|stages|two|three|four|several|monthly)|part[- ]payments?|partial payments?|spread (?:the |this |out )?(?:payment|cost|it)",
    "split (?:the |this )?(?:payment|invoice|amount|bill)|repayment plan",
    "cash[- ]?flow|(?:cash|money|funds|liquidity|budget)~(?:tight|short|low|problem|issue|difficult|limited)|short of (?:cash|funds)",
    "financial(?:ly)? (?:difficult|trouble|problem|strain|struggl|hardship)\\w*|struggling|tough (?:time|month|quarter|period)|business (?:has been|is) (?:slow|bad|quiet)",
    "(?:can(?:no|['’])t|cannot|unable to|not able to|not in a position to)(?: currently| presently| yet)? (?:pay|settle|afford|make (?:the |a )?(?:full )?payment|cover)(?!~until~(?:po|approv|invoice|receiv))",
    "(?:extend|extension|postpone|defer|more time|extra time|additional time|grace period|delay (?:the |this )?payment|push (?:the |this )?(?:payment|due date)|later due date|few more (?:weeks|days|months)|bear with us)",
    "(?:things|times|money|cash|budgets?) (?:are|is) (?:\\w+ ){0,2}(?:tight|difficult|hard|tough|rough)",
    "(?:split|spread|stagger|break) (?:it|this|that|the \\w+)~(?:over|into|across|up)|(?:do not|not|no)~{8}(?:have|got)? ?(?:the|any|enough)? ?(?:cash|money|funds)(?! transfer)",
    "(?:give|allow) (?:us|me) (?:until|till|some|a (?:bit|little|few)|more|another)",
    "waiting~(?:to be paid|for our (?:own )?(?:customers?|clients?)|on payment from)",
    {
      says:
        "\\d[\\d.,]* (?:a|per|each|every) (?:month|week)|(?:sales|trade|business|turnover|orders) (?:have|has|is|are)~(?:fallen|dropped|collapsed|down|slow|dried)|skint|strapped|" +
        "nothing in the (?:bank|account|pot)",
      surety: HINT,
    },
    {
      says: "in (?:two|three|four|five|six|several|equal|a few) (?:parts|payments|tranches|chunks|goes)|pay (?:it|this|that) off",
      surety: HINT,
    },
    "(?:not|cannot|never)~{16}(?:in one go|all at once|in one (?:hit|payment|lump)|the (?:whole|full) (?:amount|lot|sum|thing)|all of it)",
    "in (?:two|three|four|five|six|\\d+|a few|several|smaller) (?:lots|goes|bits|chunks|stages|steps|halves|portions|tranches)",
    "(?:one|something|some|a bit|\\d+) (?:a|each|every|per) month|bit by bit|(?:half|some|part)~{12}now~(?:rest|half|remainder|other)",
    "pay~{12}(?:gradually|over (?:time|\\w+ months|the (?:next|coming)))",
    "(?:cannot|not|no way (?:to|we)|unable to)~{10}(?:afford|manage|find|raise|stretch to|come up with) (?:it|this|that|the|all)",
    "(?:need|want|ask\\w*|give us|grant|allow|have)~{12}(?:breathing space|an extension|longer|until (?:january|february|march|spring|the new year)|extra (?:weeks?|days?|month))",
    "(?:hold|hang) (?:off|on|fire) (?:a|for|until|till)|short of money|hit (?:us )?hard|(?:lost|losing) (?:our|a) (?:biggest|main|major|big|key) (?:customer|client|contract)",
    "no (?:cash|money|funds)",
    {
      says:
        "(?:on our|through a) (?:knees|bad patch|rough patch)|(?:barely|hardly) (?:any|covering|keeping|making)|(?:bank|overdraft)~(?:limit|maxed|frozen|cut)|wages first|" +
        "(?:quiet|slow|dead|bad|terrible|awful|rough|poor) (?:season|summer|winter|autumn|year|months?|quarter)",
      unless: "will (?:be )?pay|paid|busy",
      surety: HINT,
    },
    "(?:pay|do|send|manage|offer|give you|accept|take) (?:you )?(?:about |around |maybe )?(?:half|part|some|a bit|a third|[£$€]?\\d[\\d.,]*)~{12}(?:now|today|this (?:week|month)|first|upfront|up front)~{16}(?:and|then|with) ~{12}(?:rest|half|remainder|balance|other|next|later|[£$€]?\\d+)(?!th|st|nd|rd)",
    "waiting~{20}(?:customers?|clients?|to (?:get|be) paid|money (?:to come|coming) in|(?:payment|money) from)",
    "(?:a bit|bit|little|quite|very|running) short|short (?:this|on|of) ",
    "(?:in|over|by|into|with) (?:\\w+ )?(?:two|three|four|five|six|ten|twelve|\\d+) (?:\\w+ ){0,2}(?:payments|months|parts|weeks|portions)",
    "(?:smaller|small) (?:chunks|amounts|bits|sums|payments)",
    "(?:any way|any chance|is it possible|would it be possible|could we|can we|may we)~{24}(?:pay (?:it )?(?:off|later|less|in|over|part)|more time|later|later date|wait until|hold off)",
  ],
  in_approval: [
    "(?:await|wait|pending|needs?|requires?|subject to|chas)\\w*~(?:approval|sign[- ]?off|approved|authoris|authoriz|authorised|authorized|po(?: number)?(?! box)|purchase order|signature|clearance|verification)\\w*",
    "(?:for|in|under|with|through|to)(?: \\w+){0,3} (?:approval|sign[- ]?off|authori[sz]ation|review|verification)(?! of the goods)",
    "(?:sitting|stuck|lying|still|is) with (?:the |our |my )?(?:\\w+ )?(?:manager|director|boss|cfo|ceo|head|owner|controller|buyer)",
    "(?:wait|hold|pending)\\w*~(?:grn|goods receipt|matched|matching|receipted|coded|cost cent(?:re|er))",
    "(?:approver|sign[- ]?off|approval (?:process|workflow|queue|system))|to sign (?:it |this )?off",
    "(?:being|currently|still) (?:approved|reviewed|processed|verified|checked)|in process(?:ing)?|is processing|working (?:on|through) (?:it|this)|looking into (?:it|this)",
    "checking (?:with|internally)",
    "(?:forwarded|passed|sent|submitted)~(?:to )(?:my|our|the)~(?:manager|boss|director|head|team|colleague|department|accounts|finance|controller|cfo)(?!~instead)",
    {
      says: "(?:needs?|requires?|wait\\w*)~(?:director\\w*|signatures?|authori[sz]\\w*|approv\\w*|green light|the nod)|on (?:his|her|their|the \\w+'s|my \\w+'s) desk|green light",
      surety: HINT,
    },
    "(?:goods receipt|three[- ]way match|3[- ]way match|grn|receipt) ~{20}(?:not|fail\\w*|missing|outstanding|pending|booked|posted|open|yet)",
    "(?:not|yet to|to be) (?:yet )?(?:booked|receipted|matched|coded|posted|signed(?: off)?|approved|released|countersigned|authori[sz]ed)",
    "(?:system|invoice|it|payment)(?: keeps| is| has|'s)?~{10}(?:blocked|parked|on hold|locked|queue|workflow)",
    "(?:sitting|stuck|lying|waiting|stuck|is|lands?) (?:in|on|with|at) ~{30}(?:folder|tray|desk|inbox|queue|pile|signing|signature|hands)",
    "(?:has|have|is|'s) (?:still |yet )?(?:not|to) (?:\\w+ )?(?:sign|signed|approve|approved|authori[sz]ed?|confirm(?:ed)? (?:the|it)|release(?:d)?|ok'?d|initial(?:led)?)",
    "(?:need|wait|waiting|want|get|hang\\w*)~{16}(?:his|her|their|the|\\w+'s|to) (?:signature|okay|ok|blessing|say-so|authori[sz]ation|sign|countersign|approve|initials|confirmation)",
    {
      says:
        "(?:nudged|chased|chasing|reminded|pushed|hassled) (?:him|her|them|the|our|\\w+ (?:again|twice|about))|" +
        "(?:when|once|until|till|before) (?:he|she|they|\\w+)(?:'s| is| has| gets?)? (?:back|to it|signed|approved|released|round to it|returned)|" +
        "(?:budget holder|approvers?|signator(?:y|ies)|workflow|purchase req\\w*|procurement|controlling|site manager|project manager) ~{16}(?:has|have|needs?|must|is|still|first|yet)|" +
        "in the (?:workflow|approval|queue) (?:for|and|waiting)",
      unless: "will pay|down for",
      surety: HINT,
    },
    {
      says:
        "(?:is|it's|still|now|sits?|sitting|gone|went|passed|back)~{8}(?:with|to) (?:our |the |my )?(?:\\w+ )?(?:procurement|purchasing|legal|buyer|buying team|accounts|finance|management|head office|board|owner|surveyor|auditors?|boss|bookkeeper|accountant)|" +
        "(?:checking|verifying|matching|reconciling|reviewing)~{24}(?:against|before|with|first)|before (?:releasing|paying|we (?:can )?(?:pay|release|process)|it (?:can|gets))|" +
        "needs?~{16}(?:ok|okay|approving|approval|signing|a signature|go-ahead|authorisation)|" +
        "(?:change request|requisition|raise a po|po (?:was|is) (?:short|missing|exhausted|used up|not raised))|(?:is|being) (?:processed|reviewed|checked|verified|coded)",
      unless: "contact|wrong|check(?:ing)? with your bank|will be paid|nothing to do",
    },
    "countersign\\w*|re-?authori[sz]\\w*|to confirm (?:the |that |all |his |their )?(?:hours|delivery|quantit\\w*|work|receipt|price|goods|job|days)",
    "(?:then|before|and) it(?:'ll| will)?(?: then)? (?:go|goes|get|gets) to (?:accounts|finance|ap|payment)",
    { says: `${ROLE}~${WAITS}|${WAITS}~${ROLE}`, surety: GUESS },
    "(?:until|till|before|once|unless|as soon as|when|after)~{24}(?:signed|approved|authori[sz]ed|countersigned|matched|booked|signed off)",
  ],
  promise: [
    { says: "(?:we|i) (?:pay|settle|wire|transfer|remit)(?! (?:our|all|every))", surety: 0.8 },
    `(?:${WE}|it|this|which|payment)(?:'re|'m|'s)? ?(?:\\w+ )?${WILL}(?: also| now| then| definitely| certainly)? (?:be able to )?${PAY}`,
    "(?:will|['’]ll|shall|going to|to|should|can)(?: now| then)? (?:be|get|go|have (?:it|this|that|the \\w+))~(?:paid|settled|wired|transferred|remitted|cleared|processed|released|made|sent|out|executed)",
    `(?:${MONEY})~(?:will|['’]ll|shall|should|to|is|are) (?:be )?(?:go(?:ing)? out|leave|follow|arrive|reach|hit|land|be made|be with you|be on its way)`,
    {
      says:
        "(?:schedul|plann|book|arrang|queu|set up|lined up|program|earmark)(?:ed|ing)?~(?:for|on|payment|paid|run)|" +
        "(?:payment|invoice|it|this|inv-?\\w*\\d*)~(?:is |been |are )?(?:scheduled|planned|due (?:to|for|out)|set (?:to|for|up for)|queued|booked|included)~",
      unless: "(?:call|meeting|leave|holiday|vacation)",
    },
    "(?:next|in (?:our|the|this)|our next|upcoming|weekly|monthly)~(?:payment|pay|cheque|check|bacs|payables?) ?runs?",
    "(?:expect|receive|have|see|get)~{16}(?:payment|funds|money|transfer|wire|[$€£¥][\\d.,]+|amount|balance)~(?:by|on|within|next|tomorrow|this|before|at|in)",
    "(?:take|taking) care of~(?:invoice|payment|balance|this|it|amount|bill)",
    `${WE} (?:are|am|['’]re|['’]m) (?:paying|settling|wiring|transferring|processing|making|sending|releasing|arranging)~`,
    "you(?: will| should| can expect to|'ll) (?:receive|have|see|get)(?! (?:had|got|received|seen|already|it by now))~",
    {
      says:
        "(?:on|in|for) (?:\\w+(?:'s)? ){0,3}(?:run|batch)|going (?:out |over )?(?:by|via|through) (?:bacs|chaps|ach|sepa|wire|bank|cheque|check|faster payments?)|" +
        "expect (?:it|this|that|payment|the \\w+) (?:then|by|on|before|next|this|tomorrow)",
      surety: 0.75,
    },
    "payment(?: date)?(?: is|:)? (?:on|by|this|next|tomorrow|monday|tuesday|wednesday|thursday|friday)|payment to follow",
    "(?:pay|paid) (?:by|before|on|next|tomorrow|this)(?! (?:mistake|error|invoice))",
    {
      says:
        "(?:will|'ll) (?:sort|square|pop|drop) ~|(?:you're|you are|it's|it is|this is|that's) (?:booked|down|lined up|on the list) ~{6}(?:for|in|on)|value date|" +
        "(?:treasury|bank|finance|boss) (?:has |have )?confirmed~(?:payment|date|for)",
      surety: HINT,
    },
    "(?:will|'ll|shall|going to)(?: also| now| then| definitely| certainly| be| get| try to| make sure to)* (?:pay|paying|settle|wire|transfer|remit|bank)(?! you a visit| attention)",
    {
      says: "(?:will|'ll|shall|going to|gonna|let me|i'm|we're|we are|i am)(?: also| now| then| definitely| be| get| make| see to| sure)* ~{8}(?:do(?:ing)? (?:it|this|that|the (?:transfer|payment|bank))|put(?:ting)? (?:it|this|that|the (?:payment|transfer)) (?:through|in)|send(?:ing)? (?:it|this|that|you the (?:money|payment)|the (?:money|payment|transfer|funds|cheque|rest|balance))|sort(?:ing|ed)? (?:it|this|that)|get (?:it|this|that) (?:done|over|across|out|through)|push (?:it|this|that) through|make (?:it|the (?:payment|transfer))|action (?:it|this)|square (?:it|this)|go(?:ing)? (?:out|through|across|over)|leav(?:e|ing)|land|be (?:there|in your|with you|yours|sorted|done|paid|cleared|made))",
      unless: "get back|let you know|look|check|find|ask|not|on leave|leave it with",
    },
    {
      says:
        "(?:paying|doing|settling|transferring|sending|wiring) (?:it|this|that|you|the \\w+|everything|all)? ?(?:tomorrow|tmrw|tmr|today|tonight|on|by|this|next|first thing|monday|tuesday|wednesday|thursday|friday|at)|" +
        "(?:payment|money|transfer|cheque|bacs|funds|it|this)(?:'s|s| is| are)? (?:going|leaving|coming|set|set up|lined up|due|ready|loaded|in|down|booked|queued|on)~{12}(?:to (?:go out|go|leave|be (?:paid|sent|transferred|executed))|out|for|on|tomorrow|monday|tuesday|wednesday|thursday|friday)",
      unless:
        "stopped|without|due date|(?:was|were) due|leave (?:until|till)|desk|folder|hold|call|for (?:approval|sign)",
    },
    {
      says:
        "(?:you'?re|you are|yours|it'?s|it is|that'?s|that is|this is|invoice is|put (?:you|it|this)|got (?:you|it)|added|included)~{10}(?:in|on|into|onto|to|with) (?:the |our |\\w+'s |this |next |tomorrow's )*(?:\\S+ ){0,3}(?:batch|run|list|payment|payments|bacs|proposal|file)|" +
        "(?:our|the) (?:next|following) (?:\\w+ ){0,2}(?:run|batch|pay ?day)|(?:pay(?:ment)?|cheque|bacs) (?:run|day|date)s? (?:is|are|falls?|goes|on|will)|" +
        "(?:all|every\\w*|trades|suppliers|invoices) ~{10}(?:in one go )?on the (?:last|first|\\d+)",
      unless: "missed|was (?:on|last)|approv\\w*|black",
      surety: HINT,
    },
    "(?:you|u)(?:'ll| will| should| can)?(?: have| get| see| receive| be paid)~{12}(?:money|payment|it|that|paid|funds|the lot|everything|\\d+)~{10}(?:by|on|tomorrow|tonight|monday|tuesday|wednesday|thursday|friday|before|next|this|end|eod|eow|first)",
    {
      says:
        "(?:goes|leaves|lands|clears|arrives|executes) (?:out |over |across |off |through )?(?:on|by|with|in|tomorrow|today|monday|tuesday|wednesday|thursday|friday|next|this|at the end|first thing)|" +
        "(?:put|set|keyed|loaded|entered|scheduled|lined|booked|set up|queued) (?:it|this|that|the (?:payment|transfer)|you)(?: \\w+)? (?:through|up|in|into|for) ~{12}(?:on|for|the \\d+|tomorrow|run|\\w+day|bank)",
      unless: "last|yesterday|delivery|leave|holiday|office|back|call|meeting|approv\\w+ (?:goes|leaves)",
    },
    {
      says: "(?:will|'ll) (?:go|be)~{8}(?:with|in|into|out|on) ~{16}(?:run|batch|payment|payments)",
      unless: "approv",
    },
  ],
};
