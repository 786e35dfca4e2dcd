import { type FoundName, findByName, findByReference } from "../../db/find-customers.ts";
import { searchPieces, searchText, similarity } from "../../domain/search.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";

/** `score` is 1 where a reference or an invoice number fits, else how alike the names are. */
export type FoundCustomer = FoundName & { score: number };

const LEAST_ALIKE = 0.5;
const CLEARLY = 0.1;

/**
 * The customers that somebody means, the likeliest first: by reference or invoice number (as it is written or begins, in capitals
 * too), then by name, with a slip of the finger in each word. Throws `invalid` for nothing to look for.
 */
export async function findCustomers(
  { db }: Pick<Services, "db">,
  { text, limit = 10 }: { text: string; limit?: number },
): Promise<FoundCustomer[]> {
  const sought = searchText(text);
  if (sought === "") throw new AppError("invalid", "write a name, a reference or an invoice number");
  const spellings = [...new Set([text.trim(), sought, sought.toUpperCase()])];
  const [byReference, byName] = await Promise.all([
    findByReference(db, spellings, limit),
    findByName(db, searchPieces(sought)),
  ]);
  const known = new Set(byReference.map(({ ref }) => ref));
  const alike = byName
    .filter(({ ref }) => !known.has(ref))
    .map((found) => ({ ...found, score: scoreOf(sought, found) }))
    .filter(({ score }) => score >= LEAST_ALIKE)
    .sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1));
  return [...byReference.map((found) => ({ ...found, score: 1 })), ...alike].slice(0, limit);
}

/** The one that is meant: whose reference it is, or where no other is nearly as likely. */
export function clearestOf(found: FoundCustomer[], text: string): FoundCustomer | undefined {
  const [first, second] = found;
  const isReference = first?.ref.toLowerCase() === text.trim().toLowerCase();
  return !second || isReference || first!.score - second.score >= CLEARLY ? first : undefined;
}

function scoreOf(sought: string, { name, legalName }: FoundName): number {
  return Math.max(similarity(sought, name), similarity(sought, legalName ?? ""));
}
