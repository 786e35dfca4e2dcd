import { describe, expect, it } from "vitest";
import type { TemplateName } from "../../src/email/templates.generated.ts";
import { WORDS } from "../../src/email/templates.generated.ts";
import { EVERY_LETTER, LOCALES } from "./every-letter.ts";
import { readHtml } from "./html-text.ts";

const NEVER: Record<TemplateName, Record<string, RegExp>> = {
  "pre-due": {
    en: /overdue|\blate\b|interest|consequence|legal|lawyer|formal notice|unpaid|outstanding/i,
    "zh-CN": /逾期|违约金|利息|律师|后果|催/,
  },
  "overdue-3": {
    en: /lawyer|legal|interest|formal notice|fail|neglect|demand|director|executive|immediately/i,
    "zh-CN": /律师|违约金|利息|催告|诉|拖欠|总经理|董事/,
  },
  "overdue-30": {
    en: /lawsuit|court|sue\b|lawyer|legal|interest|fail|neglect|demand/i,
    "zh-CN": /诉讼|起诉|法院|律师|违约金|利息|拖欠/,
  },
  "formal-notice": {
    en: /police|press\b|blacklist|credit (bureau|rating|agency)|court|sue\b|fail|neglect|demand/i,
    "zh-CN": /公安|警|媒体|曝光|黑名单|失信|征信|起诉|法院|拖欠/,
  },
};

const ALWAYS: Record<TemplateName, Record<string, RegExp[]>> = {
  "pre-due": {
    en: [/confirm that (it has|they have) arrived/, /payment run/],
    "zh-CN": [/付款提醒/, /烦请确认/, /付款安排/],
  },
  "overdue-3": {
    en: [/already paid, please tell us the date/, /instalments/, /under way/],
    "zh-CN": [/逾期付款提醒/, /如已付款，请告知付款日期/, /分期付款/, /在途中/],
  },
  "overdue-30": {
    en: [/Statement of account/, /We wrote to you on \d/, /7 working days/, /instalments/, /a formal notice/],
    "zh-CN": [/催款函/, /对账单/, /致函贵司/, /7 个工作日内/, /分期付款/, /付款催告函/],
  },
  "formal-notice": {
    en: [
      /Last day for payment/,
      /that day included/,
      /consider instructing a lawyer/,
      /waives any of our rights/,
      /object/,
    ],
    "zh-CN": [
      /付款催告函/,
      /最后付款期限/,
      /于\d+年\d+月\d+日前（含当日）/,
      /届时我司将考虑委托律师处理/,
      /不构成对任何权利的放弃/,
      /异议/,
      /逾期付款违约金/,
      /特此函告/,
    ],
  },
};

describe.each(EVERY_LETTER)("$title", ({ template, locale, html, text, subject }) => {
  const visible = readHtml(html).text;

  it("never says what this stage must not say", () => {
    for (const part of [visible, text, subject]) expect(part).not.toMatch(NEVER[template][locale]!);
  });

  it("says what this stage is for", () => {
    for (const words of ALWAYS[template][locale]!) {
      expect(visible).toMatch(words);
      expect(text).toMatch(words);
    }
  });

  it("tells how to pay safely and that an answer is enough", () => {
    const [safely, reply] =
      locale === "en"
        ? ["check by phone", "reply to this message"]
        : ["电话号码与我司核实", "直接回复本邮件"];
    expect(text).toContain(safely);
    expect(text).toContain(reply);
  });

  it("neither shouts nor threatens in the subject", () => {
    expect(subject).not.toMatch(/urgent|final|overdue|notice|reminder|!|！|逾期|催|紧急|律师/i);
  });
});

describe("the Chinese words", () => {
  const words = Object.values(WORDS["zh-CN"]).join("\n");

  it("are those of a Chinese credit controller", () => {
    expect(words).not.toMatch(/滞纳金|罚息|亲爱的|友好地|争议|您的公司|贵公司|账号下|帐/);
    expect(words).toMatch(/尊敬的/);
    expect(WORDS["zh-CN"]["way.promise"]).toBe("确认付款日期");
  });

  it("use full-width punctuation after Chinese characters", () => {
    const withoutArguments = words.replace(/\{\w+, (plural|select),/g, "");
    expect(withoutArguments).not.toMatch(/\p{Script=Han}[,.:;!?()]/u);
  });
});

it("knows the manners of every locale that there is", () => {
  for (const stage of Object.keys(NEVER) as TemplateName[])
    expect(Object.keys(NEVER[stage])).toEqual(LOCALES);
});
