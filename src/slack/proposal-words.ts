import { type CivilDay, formatCivilDay } from "../domain/civil-date.ts";
import { formatDecimal } from "../domain/money.ts";
import type { Proposal, ProposedShare } from "../domain/reply/proposal.ts";
import { escaped } from "./plain-text.ts";
import { day, type Locale } from "./words.ts";

const LONGEST_NAME = 80;
const MOST_NAMED = 10;

/** What pressing the button does, said before it is pressed; null where it is a person's to answer. */
export function proposalLine(proposal: Proposal, locale: Locale): string | null {
  const said = SAID[locale](proposal);
  if (said === null) return null;
  return locale === "en" ? `Proposed: ${said}.` : `建议：${said}。`;
}

const SAID: Record<Locale, (proposal: Proposal) => string | null> = {
  en: (p) => {
    const on = (of: CivilDay) => day(formatCivilDay(of), "en");
    switch (p.action) {
      case "accept_promise":
        return `accept the promise to pay by ${on(p.on)}: ${p.shares.map(share("all that is left")).join(", ")}`;
      case "open_dispute":
        return `record a query about ${named(p.invoices)}`;
      case "report_paid":
        return `record that ${named(p.invoices)} is said to be paid on ${on(p.paidOn)}, for finance to find`;
      case "offer_instalments":
        return `offer instalments for ${named(p.invoices)}`;
      case "resend_invoice":
        return `send ${named(p.invoices)} again`;
      case "wait":
        return `wait for their approval of ${named(p.invoices)} up to and including ${on(p.until)}`;
      case "forward":
        return `write to ${escaped(p.email, LONGEST_NAME)} from now on`;
      case "new_address":
        return "write to somebody else from now on; please name an address";
      case "hold_insolvency":
        return "stop all reminders for an insolvency, until finance ends that";
      case "suppress":
        return `mail nothing more to ${escaped(p.address, LONGEST_NAME)}`;
      case "answer":
        return null;
    }
  },
  "zh-CN": (p) => {
    const on = (of: CivilDay) => day(formatCivilDay(of), "zh-CN");
    switch (p.action) {
      case "accept_promise":
        return `同意对方于 ${on(p.on)} 前付款：${p.shares.map(share("全部余款")).join("、")}`;
      case "open_dispute":
        return `就 ${named(p.invoices)} 登记异议`;
      case "report_paid":
        return `登记对方告知 ${named(p.invoices)} 已于 ${on(p.paidOn)} 付款，由财务核实`;
      case "offer_instalments":
        return `就 ${named(p.invoices)} 提议分期付款`;
      case "resend_invoice":
        return `重新发送 ${named(p.invoices)}`;
      case "wait":
        return `等待对方审批 ${named(p.invoices)}，至 ${on(p.until)}（含当日）`;
      case "forward":
        return `今后改发至 ${escaped(p.email, LONGEST_NAME)}`;
      case "new_address":
        return "今后改发给其他人员，请提供邮箱";
      case "hold_insolvency":
        return "因对方进入破产程序，停止全部提醒，直至财务解除";
      case "suppress":
        return `不再向 ${escaped(p.address, LONGEST_NAME)} 发送邮件`;
      case "answer":
        return null;
    }
  },
};

function share(all: string): (share: ProposedShare) => string {
  return ({ number, currency, amountMinor }) => {
    const amount = amountMinor === null ? all : `${currency} ${formatDecimal(amountMinor, currency)}`;
    return `${escaped(number, LONGEST_NAME)} (${amount})`;
  };
}

function named(invoices: string[]): string {
  const shown = invoices.slice(0, MOST_NAMED).map((number) => escaped(number, LONGEST_NAME));
  return [...shown, ...(invoices.length > MOST_NAMED ? ["…"] : [])].join(", ");
}
