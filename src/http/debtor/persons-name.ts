/** Whether a text can be somebody's name in their own writing: two letters at least, and not only that of the company. */
export function isPersonsName(text: string, companyNames: string[]): boolean {
  const letters = plain(text);
  if ([...letters].length < 2 || [...text].length > 100) return false;
  return !companyNames.some((name) => plain(name) === letters);
}

/** Letters alone, in small ones. */
function plain(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/\P{L}/gu, "");
}
