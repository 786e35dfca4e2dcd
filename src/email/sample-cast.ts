import type { Creditor, Letter } from "../domain/letter.ts";

export type SampleCast = {
  creditor: Creditor;
  debtor: Letter["debtor"];
  /** Another person at the debtor. */
  colleague: string;
  currency: string;
  numberPrefix: string;
  interestBasis: string;
  /** What the debtor wrote, and what was answered. */
  texts: { note: string; answer: string };
};

/** Who writes to whom in the samples; Chinese companies for Chinese letters. */
export function sampleCast(locale: string): SampleCast {
  return locale.toLowerCase().startsWith("zh") ? CHINESE : INTERNATIONAL;
}

const INTERNATIONAL: SampleCast = {
  creditor: {
    legalName: "Acme GmbH",
    address: "Lindenstraße 14\n10969 Berlin\nGermany",
    country: "DE",
    timezone: "Europe/Berlin",
    locale: "en",
    from: "Acme Accounts <ar@acme.example>",
    contact: { name: "Jana Vogt", email: "ar@acme.example", phone: "+49 30 5550 1180" },
    bank: {
      holder: "Acme GmbH",
      iban: "DE89 3704 0044 0532 0130 00",
      bic: "COBADEFFXXX",
      name: "Musterbank Berlin",
      account: null,
      bankCode: null,
    },
    financeOwner: "finance@acme.example",
  },
  debtor: {
    name: "Globex",
    legalName: "Globex Trading Ltd",
    address: "5 Quay Street\nBristol BS1 4QE\nUnited Kingdom",
    country: "GB",
    contactName: "Priya Shah",
  },
  colleague: "Tom Baker",
  currency: "EUR",
  numberPrefix: "INV-",
  interestBasis: "contract clause 7.2",
  texts: {
    note: "Two of the twelve pallets arrived on 4 January only.\nThe delivery note is with our warehouse.",
    answer:
      "We checked the delivery notes with the carrier: all twelve pallets were signed for on 4 January.",
  },
};

const CHINESE: SampleCast = {
  creditor: {
    legalName: "上海晨光科技有限公司",
    address: "上海市浦东新区世纪大道100号\n邮编 200120",
    country: "CN",
    timezone: "Asia/Shanghai",
    locale: "zh-CN",
    from: "晨光科技财务部 <ar@chenguang.example>",
    contact: { name: "陈静", email: "ar@chenguang.example", phone: "021-5550 1180" },
    bank: {
      holder: "上海晨光科技有限公司",
      iban: null,
      bic: null,
      name: "示例银行上海浦东支行",
      account: "6222 0000 1111 2222",
      bankCode: "102290000000",
    },
    financeOwner: "finance@chenguang.example",
  },
  debtor: {
    name: "蓝海贸易有限公司",
    legalName: "宁波蓝海贸易有限公司",
    address: "浙江省宁波市江北区人民路8号",
    country: "CN",
    contactName: "王芳",
  },
  colleague: "李强",
  currency: "CNY",
  numberPrefix: "FP2026-",
  interestBasis: "《采购合同》第7.2条",
  texts: {
    note: "十二托货物中有两托于1月4日才到货。\n送货单由我司仓库保管。",
    answer: "经与承运方核对送货单，十二托货物均已于1月4日由贵司签收。",
  },
};
