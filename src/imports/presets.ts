import { type Preset, plainName } from "./preset.ts";
import { DATEV_PRESETS } from "./presets/datev.ts";
import { FRESHBOOKS_PRESETS } from "./presets/freshbooks.ts";
import { INVOICE_NINJA_PRESETS } from "./presets/invoice-ninja.ts";
import { INVOICE2GO_INVOICELY_PRESETS } from "./presets/invoice2go-invoicely.ts";
import { KINGDEE_YONYOU_PRESETS } from "./presets/kingdee-yonyou.ts";
import { ODOO_PRESETS } from "./presets/odoo.ts";
import { QUICKBOOKS_PRESETS } from "./presets/quickbooks.ts";
import { SAGE_PRESETS } from "./presets/sage.ts";
import { STRIPE_PRESETS } from "./presets/stripe.ts";
import { WAVE_PRESETS } from "./presets/wave.ts";
import { XERO_PRESETS } from "./presets/xero.ts";
import { ZOHO_PRESETS } from "./presets/zoho.ts";

/** Every kind of file that is known, of every product. */
export const PRESETS: Preset[] = [
  ...XERO_PRESETS,
  ...QUICKBOOKS_PRESETS,
  ...STRIPE_PRESETS,
  ...ZOHO_PRESETS,
  ...FRESHBOOKS_PRESETS,
  ...WAVE_PRESETS,
  ...DATEV_PRESETS,
  ...ODOO_PRESETS,
  ...SAGE_PRESETS,
  ...KINGDEE_YONYOU_PRESETS,
  ...INVOICE_NINJA_PRESETS,
  ...INVOICE2GO_INVOICELY_PRESETS,
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
