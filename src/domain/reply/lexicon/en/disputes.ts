import { type Disputes, GUESS, HINT } from "../lexicon.ts";

const GOODS =
  "(?:goods|deliver(?:y|ies)|driver|fitters?|technician|engineer|installers?|plumber|electrician|crew|your (?:man|men|guys?|lads?|people|team|rep|office|colleague)|machine|boards?|pallets?|boxes|cartons?|crates?|items?|parts?|pieces|units|order|job|visit|hours|rate|price|quote|quantity|quality|line \\d+|discount|charges?|contract|service|subscription|colou?r|size|batch|repair|installation|room|event|training|translation|print|paint|roof|floor|doors?|windows?|heating|boiler|licen[cs]es?|seats|catering|freight|shipping|postage)";
const FLAW =
  "(?:not|never|nobody|no one|only|wrong|instead|still|missing|late|without|short|bad|poor|too|again|broke\\w*|fail\\w*|refus\\w*|different|less|fewer|mistakes?|problems?|twice|double|half|damag\\w*|extra|useless|leak\\w*|cancel\\w*|return\\w*|reject\\w*|but)";

/** What is wrong with the invoice, or with what it is for. */
export const DISPUTES: Disputes = {
  dispute: [
    "(?:do(?:es)? not|don['’]t|doesn['’]t|cannot|can['’]t) (?:agree|accept|recogni[sz]e|approve)(?! to)",
    "disput(?:e|es|ed|ing)|contest(?:ed|ing)?(?! to)|object to",
    "(?:in)?correct(?:ed)? (?:amount|price|quantity|vat|tax|rate|invoice)",
    "(?:price|amount|quantity|vat|rate|total|invoice|charge|tax|figure)s?~(?:incorrect|wrong|(?:does|do)(?: not|n['’]t) (?:match|agree|correspond|tally)|mismatch|differs?|too high|overstated|not (?:correct|right|what we))",
    "wrong (?:amount|price|quantity|rate|item|goods|product|vat)",
    "over-?charged|over-?billed|charged (?:us )?(?:twice|double|for)~|double[- ]?billed|billed (?:us )?(?:twice|for)|duplicate invoice",
    "(?:damaged|defective|faulty|broken|missing(?! (?:this|that|one|your|an?) )|short[- ]delivered|incomplete|poor quality|not working)(?! (?:invoice|link|attachment))",
    "credit (?:note|memo)",
    "not (?:think|believe)~(?:right|correct)|return(?:ed|ing) (?:the|these|those|all|this) (?:goods|items?|order|product)|not (?:be )?paying~(?:until|till|for|because)",
    "(?:only|just) (?:received|got|delivered|supplied|\\d+|half|part|some|one|two|three|a few)~(?:delivered|received|arrived|supplied)",
    "(?:goods|services?|items?|order|delivery|work)~(?:never|not|n['’]t)~(?:delivered|received|arrived|completed|performed|ordered|rendered)",
    "(?:never|not|n['’]t) (?:ordered|order|received the (?:goods|service|items?|delivery))",
    "(?:won['’]t|will not|not going to|refuse to) (?:be )?pay(?:ing)?|(?:are|am|'re|'m|is) not (?:paying|settling|releasing)",
    "(?:turned up|arrived|came|delivered|received|were|was)~{20}(?:smashed|cracked|dented|torn|soaked|mouldy|unusable|scratched|too late|past its date)",
    "(?:charged|billed|invoiced) (?:us )?for~(?:but|only|when|whereas|instead)",
    "(?:withhold|on hold|holding)~(?:until|till|because)~(?:resolved|fixed|replaced|clarified)",
    "(?:does|do)(?: not|n['’]t) match (?:our|the) (?:po|purchase order|order|records|quote|contract)",
    "(?:error|mistake|discrepanc(?:y|ies))~(?:invoice|bill|amount|price|charge)|(?:invoice|bill)~(?:error|mistake|discrepanc(?:y|ies))",
    {
      says:
        "should not be (?:on|charged|billed|included|there)|(?:we|i) (?:cancelled|canceled)|never (?:agreed|signed|asked|requested|authori[sz]ed)|" +
        "(?:needs?|has|have) to be (?:fixed|redone|repaired|replaced)|peeling|leak\\w*|crack\\w*|rust\\w*|stopped working|does not work|not fit for",
      surety: HINT,
    },
    {
      says:
        "(?:revise|correct|amend|re-?issue|adjust) (?:the|this|your) (?:invoice|bill|amount)|(?:supposed|meant) to (?:be|have been) (?:included|free|waived)|" +
        "should have been (?:included|free|waived|credited)",
      surety: HINT,
    },
    {
      says: "(?:\\d[\\d.,]*|one|two|three|four|five|six|ten)(?: \\w+){0,3},? (?:(?:and |but )?not|rather than|instead of) (?:the )?(?:\\d+|two|three|four|five|six|seven|eight|ten|twelve)",
      unless: "(?:pay|transfer|run|date|due)~",
    },
    "(?:is|was|are|were) not (?:at all )?(?:the (?:one|ones|price|rate|amount|figure) )?(?:what|as|how)? ?(?:we|i|was|were|you) (?:\\w+ )?(?:agreed|order|ordered|asked|wanted|quoted|expected|discussed|promised|signed)",
    "not (?:as|what) (?:was )?(?:agreed|ordered|quoted|described|promised|discussed|expected)",
    {
      says:
        "(?:agreed|quoted|contract(?:ed|ual)?|promised|original) (?:price|rate|discount|amount|figure|quote)|(?:was|were) the (?:deal|agreement|quote)|" +
        "(?:quote|quotation|offer|contract|order|po|estimate) (?:\\w+ )?(?:said|says|was for|was|states?|stated|reads) ~{12}\\d+|you (?:\\w+ )?(?:quoted|promised|offered) (?:us|me)|" +
        "(?:higher|more|dearer) than (?:agreed|quoted|ordered|the (?:quote|order|offer))",
      surety: HINT,
    },
    "(?:will not|not) (?:see|get|have|be getting|pay\\w*|be paying)~{8}(?:a|another|one|any)(?: single| red)? (?:penny|cent|dime)|not a (?:single )?(?:penny|cent)",
    "(?:refus\\w+|declin\\w+) (?:to (?:pay|accept|sign)|payment|this)|no intention of paying|(?:nobody|no[ -]one|none of us)~{16}(?:sign|pay|approv|accept)\\w*",
    "not (?:happy|prepared|willing) to (?:pay|settle|accept)|why should (?:we|i) pay|not (?:a )?valid|(?:not|never) (?:owe|liable)",
    "cannot (?:accept|book|approve|process|post|enter|sign off|pass)~{16}(?:like (?:that|this)|as (?:it (?:is|stands)|is)|in (?:this|that|its) (?:current )?form)|cannot accept",
    {
      says:
        "(?:cancel|withdraw|void|redo|correct|amend|revise|fix|change) (?:it|this|that|them)|" +
        "(?:issue|send|raise|need|require|want)~{16}(?:correct(?:ed)?|revised|amended|proper|replacement) (?:one|invoice|bill|version)|re-?issue|" +
        "(?:please )?(?:correct|amend|revise) (?:and|accordingly|(?:it|this|the|your) )",
      unless: "(?:the|our|your|my) (?:records|reminder|address|list)|mistaken",
      surety: HINT,
    },
    "(?:old|previous|former|wrong|incorrect|another) (?:\\w+ )?(?:company|company name|entity|vat|tax|registered|legal)(?: \\w+)?(?: (?:number|name|address))?~(?:on|invoice|number)",
    "made out to|(?:addressed|billed|invoiced) to (?:the wrong|our old|our former|another|a company)",
    {
      says: "(?:packed up|broke(?:n)?(?: down)?|fell (?:apart|off)|snapped|bent|chipped|scuffed|stained|rotten|gone off|went off|out of date|wrong (?:colour|color|size|model|type|one|ones|spec|batch|parts?|thing|goods)|never worked|not work(?:ing|ed)?|unusable|useless|shoddy|botched|half[- ](?:finished|done)|unfinished|not (?:been )?(?:finished|completed|fixed|repaired|installed|replaced|complete)|never (?:finished|completed|showed|turned up|fixed|collected|used)|(?:not|nobody|no one|never) (?:ever )?(?:show(?:ed)?|turn(?:ed)?|came) (?:up)?)",
      unless:
        "invoices?|e-?mails?|letter|reminder|(?:waiting|payment|approval) ~|computer|laptop|system|server|printer|leg|arm",
    },
    {
      says:
        "(?:discount|rebate|deduction|deposit|retention|down ?payment|prepayment)~(?:missing|not|n't|forgot\\w*|deducted|taken off|applied|agreed|ignored)|" +
        "(?:missing|forgot\\w*|without|left (?:off|out)|deduct\\w*|take off)~{16}(?:discount|rebate|deduction|deposit|retention)|" +
        "(?:sent|took|shipped|gave)~{12} back(?! (?:to (?:me|us|you)|from))|(?:returned|sent back|collected) (?:it|them|these|those|all|both|everything|the|in|on|last)",
      unless: "(?:e-?mail|invoice|form|back (?:in|at) (?:the )?office)",
      surety: HINT,
    },
    {
      says:
        "credit (?:us|for|this|against)|(?:owe|owes|owed|due) (?:us|a (?:credit|refund))|refund|promised (?:us )?(?:a |the )?credit|" +
        "already (?:paid|billed|charged|invoiced)~{12}(?:in|with|on|under) (?:invoice|inv|the (?:first|previous|last|other))|(?:same|twice)~(?:invoice|billed|charged)",
      surety: HINT,
    },
    {
      says:
        "(?:poor|bad|terrible|awful|substandard|inferior) (?:quality|workmanship|job|work|service|condition)|" +
        "(?:complain\\w*|complaint|unacceptable|not acceptable|nothing like|a far cry|query(?:ing)? (?:the|this|line|item)|disagree)",
      unless: "no complaints?",
      surety: HINT,
    },
    "(?:was|were|been) (?:\\w+ )?(?:quoted|promised|assured|told (?:it|that|there|the)|offered)",
    "(?:not|never) (?:quite |really )?(?:add up|tally|agree(?:d)? (?:with|to)|match|make sense|reconcile)",
    "(?:never|not|n't)~{8}(?:had|got|seen|received|have)~{16}(?:delivery|goods|parts?|items?|order|boxes|pallets?|material|service|work|training)",
    {
      says: "(?:once|when|until|till|after|as soon as|before|unless|if)~{24}(?:works?|working|fixed|repaired|replaced|finished|completed|put right|made good|sorted out|resolved|collected|delivered|arrives?|credited|sorted|corrected|amended|removed|taken off)",
      unless: "po|grn|payment|money|funds|wire|transfer|portal|bank",
    },
    "(?:take|deduct|remove|drop|delete|strike) (?:that|it|this|them|those|the \\w+)(?: \\w+)? ?(?:off|out|from)(?! (?:the|your|my) (?:list|mailing|database|phone))",
    "(?:surcharge|extra charge|call-?out fee|late fee|admin fee|handling fee|hidden)~|nobody (?:told|mentioned|said|informed)|duplicate of",
    "(?:same|identical) (?:as|to) (?:invoice|the)|(?:terminated|cancelled|canceled|ended|gave notice)~(?:contract|agreement|subscription|order|service|in|on|by)",
    "(?:contract|agreement|subscription|order|service)~(?:terminated|cancelled|canceled|ended|expired|ran out)|not (?:ours|our (?:invoice|order|charge))",
    "(?:should|ought to) (?:not )?(?:be|have been) (?:\\w+ )?(?:\\d+|zero|reverse|charged|exempt|free|lower|less)",
    "ordered~(?:and |but )?(?:you |we |they )?(?:sent|got|received|delivered|supplied|came)",
    "(?:nobody|no one|none of us)~{12}(?:ordered|asked|requested|authori[sz]ed|wanted|agreed|commissioned)",
    "(?:did not|never) (?:actually )?(?:order|ask|want|request|authori[sz]e|agree|commission|sign up|use|need|ordered|used|wanted)(?! (?:to|you to) (?:pay|be late|miss))",
    "(?:bill|invoice|total|amount|sum|figure|charge|this|that|price|rate)~{12}(?:way off|too high|too much|not right|wrong|incorrect|excessive|a joke|rip-?off)",
    "(?:refused|rejected) (?:it|the|that|at|delivery|to take)|full of (?:mistakes|errors|typos|holes)|(?:redone|done again|redo)",
    "(?:keeping|holding|withholding|hold|keep) (?:back )?(?:the|my|our|your) (?:money|payment)|under (?:warranty|guarantee)|(?:warranty|guarantee) (?:period|claim|repair|work|job)",
    "(?:framework|service level) agreement|(?:old|wrong|previous|last year's) price list|\\d+ ?% (?:off|discount)",
    {
      says:
        "(?:we|i|they|you|he) only (?:moved|started|used|had|got|received|ordered|took|came|stayed|worked|signed)|(?:twice|three times|again and again) (?:now|already)|" +
        "let (?:us|me) down|(?:disappoint|annoy)\\w*|far too (?:high|much|expensive)|why~{12}(?:charged|more|higher|so much)",
      unless: "call|remind\\w*|e-?mail\\w*",
      surety: HINT,
    },
    { says: `${GOODS}~${FLAW}|${FLAW}~${GOODS}`, surety: GUESS },
    {
      says: "(?<!have the |got the |reached the )wrong (?!person|contact|address|department|recipient|company|number|e-?mail|inbox|account)\\w+",
      unless: "nothing wrong",
      surety: HINT,
    },
    {
      says:
        "(?:second|other|rest|remaining|remainder|next)~{12}(?:never|not) (?:\\w+ )?(?:came|come|arriv\\w*|deliver\\w*|happen\\w*|turn\\w*|done|show\\w*)|" +
        "(?:deposit|down ?payment|advance)~{12}(?:paid|settled)",
      surety: HINT,
    },
  ],
};
