import { DISPUTES } from "./en/disputes.ts";
import { MONEY_CLUES } from "./en/money.ts";
import { OBJECTIONS } from "./en/objections.ts";
import type { Lexicon } from "./lexicon.ts";

export const EN: Lexicon = {
  isSpaced: true,
  clues: {
    ...OBJECTIONS,
    ...DISPUTES,
    ...MONEY_CLUES,
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
  came: "got|get|received|delivered|arrived|came|turned up|sent us|supplied|shipped|returned|worked|used|ordered|agreed|quoted|had|had ordered|deal|contract|quote|po|here for",
  billed:
    "charged?|charging|billed|billing|invoiced|invoicing|invoice (?:says|shows|is|has|lists|states)|on (?:the|your) (?:invoice|bill)|now",
  tells:
    "(?<!not )(?:let|tell|inform|update) you|(?:get|come|write) back to you|(?:will|'ll|to|must|and) (?:ask|find out|enquire)|(?:let me|i'll|i will|we'll|we will|need to|have to|must) (?:check|look|see|ask|find|review)|when (?:it|this|we|they|payment|the \\w+) (?:will|can|is|gets)|be (?:reviewed|checked)|terms (?:are|is|of)|due (?:on|by|date|in)",
  future:
    "paying|sending|transferring|settling|wiring|doing|(?:we|i|they|accounts|finance) (?:\\w+ )?(?:pay|settle|do|run|release|transfer)|will|'ll|shall|going to|gonna|next|coming|tomorrow|should|plan\\w*|schedul\\w*|to be|(?:is|are|am|'re|'m|'s) (?:being |getting )?(?:paying|paid|going|sending|transferring|due|set|booked)|by (?:\\w+day|the|\\d+)",
  moves:
    "promise|pay|pays|paying|payment|payments|pay ?day|transfer|transferring|wire|wiring|bacs|chaps|sepa|ach|cheque|check run|run|batch|remit|remittance|settle|settling|settlement|funds|money|cash|(?:go|goes|going) out|sort(?:ed|ing)?|(?:do|doing) (?:it|this|that|yours|the)|bank|account|balance|sent|send",
  defers:
    "back|leave|holiday|vacation|off(?:ice)?|call|calling|ring|meeting|speak|talk|chat|discuss|let (?:you|me|us) know|get back|update|look|checking|check with|ask|find out|know more|due|terms|overdue|deliver\\w*|collect\\w*|arriv\\w*|install\\w*|goods|order|open|closed?|start\\w*|until|till|away|return\\w*|available|answer|reply|feedback|appointment|visit|(?:be|needs?|for) (?:approv|sign)\\w*|approval|signature|invoice date|not",
  asks: "(?:(?:what|which|who|where|how much) (?:is|was|are|were|does|do|did) ~{30}(?:for|about|again|mean)|please (?:advise|clarify|confirm|explain|let)|could you|can you|would you)",
  courtesy: "how are you|hope (?:you|this|all)|have a (?:nice|good|great)|thank(?:s| you)",
};
