import { type Preset, plainName } from "./preset.ts";
import { BILLING_PRESETS } from "./presets-billing.ts";
import { BOOKKEEPING_PRESETS } from "./presets-bookkeeping.ts";
import { CHINESE_PRESETS } from "./presets-chinese.ts";
import { DATEV_PRESETS } from "./presets-datev.ts";
import { ODOO_PRESETS } from "./presets-odoo.ts";
import { SAGE_PRESETS } from "./presets-sage.ts";

/** Every kind of file that is known, of every product. */
export const PRESETS: Preset[] = [
  ...BOOKKEEPING_PRESETS,
  ...BILLING_PRESETS,
  ...DATEV_PRESETS,
  ...ODOO_PRESETS,
  ...SAGE_PRESETS,
  ...CHINESE_PRESETS,
];

const ALSO_CALLED: Record<string, string> = {
  quickbooksonline: "quickbooks",
  qbo: "quickbooks",
  zohobooks: "zoho",
  sage50: "sage",
  extf: "datev",
  金蝶: "kingdee",
  用友: "yonyou",
};

/** The presets of a product, by its name or another that it goes by. */
export function presetsNamed(name: string): Preset[] {
  const plain = plainName(name);
  const wanted = ALSO_CALLED[plain] ?? plain;
  return PRESETS.filter((preset) => plainName(preset.name) === wanted);
}
