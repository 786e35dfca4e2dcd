import type { Preset } from "../preset.ts";

const KINGDEE = { name: "kingdee", product: "Kingdee" };
const YONYOU = { name: "yonyou", product: "Yonyou" };

// Where no column names it, Chinese books are in yuan: the Accounting Law makes it the currency of account.
const YUAN = { currency: "CNY" };
const OWN_TO_YONYOU = [
  "币种",
  "单据日期",
  "单据号",
  "客商",
  "客商名称",
  "客户简称",
  "本币金额",
  "原币金额",
  "原币余额",
  "本币余额",
];
const CUSTOMER_ID =
  "客户编码|客户代码|客户编号|购货单位编码|购货单位代码|往来单位编码|客户.编码|客商编码|客户#编码";
const CUSTOMER_NAME =
  "客户名称|客户|购货单位|购货单位名称|往来单位|往来单位名称|客户.名称|客户#名称|客商名称|客商|客户简称";
const DUE = "到期日|到期日期|应收日期|收款到期日|付款到期日|到期时间";
const AMOUNT =
  "价税合计|应收金额|应收金额合计|原币价税合计|原币金额|往来单位金额|含税金额|单据金额|应收总额|开票金额|金额|本币金额";
const RECEIVED = "已收金额|已收款金额|已核销金额|收款金额|已收款|累计核销金额|已结算金额";
const BALANCE = "未收金额|待收金额|未核销金额|余额|原币余额|未收款金额|未收款|应收余额|欠款金额|本币余额";
const CUSTOMERS = {
  fields: {
    customer_ref: "客户编码|客户代码|客户编号|编码|代码|客商编码|往来单位编码",
    name: "客户名称|名称|客户简称|简称|客商名称|往来单位名称",
    legal_name: "客户全称|全称|开票名称",
    address: "地址|通讯地址|联系地址|注册地址|详细地址",
    country: "国家|国家/地区",
    contact_name: "联系人|联系人姓名",
    contact_email: "邮箱|电子邮箱|电子邮件|Email|E-mail|联系人邮箱|Email地址",
  },
};

const INVOICE = {
  customer_ref: `${CUSTOMER_ID}|${CUSTOMER_NAME}`,
  customer_name: CUSTOMER_NAME,
  customer_email: "邮箱|电子邮箱|电子邮件|客户邮箱",
  currency: "币别|币种|结算币别|原币币别|币别名称|币种名称",
  amount: AMOUNT,
  due_on: DUE,
  paid_amount: RECEIVED,
  po_number: "客户订单号|采购订单号|订单号",
};

export const KINGDEE_YONYOU_PRESETS: Preset[] = [
  {
    ...KINGDEE,
    kind: "invoices",
    marks: ["单据编号|单据编码|发票号码", `${CUSTOMER_NAME}|${CUSTOMER_ID}`, `${DUE}|业务日期|日期`, AMOUNT],
    absent: OWN_TO_YONYOU,
    fields: {
      ...INVOICE,
      invoice_number: "单据编号|单据编码|发票号码|发票号",
      issued_on: "业务日期|日期|开票日期|发票日期|制单日期",
    },
    values: YUAN,
    balance: BALANCE,
    status: ["单据状态|状态|审核状态", "收款状态|核销状态|结算状态|收款核销状态|开票核销状态", "作废状态"],
    keep: [
      {
        column: "单据类型",
        isNot: ["收款单", "收款退款单", "付款单", "应付单", "预收单", "红字应收单", "贷项应收单"],
      },
    ],
  },
  {
    ...YONYOU,
    kind: "invoices",
    marks: [
      "单据编号|单据号|发票号|单据编码|应收单号|发票号码",
      `${CUSTOMER_NAME}|${CUSTOMER_ID}`,
      OWN_TO_YONYOU.join("|"),
      AMOUNT,
    ],
    absent: ["币别", "业务日期", "购货单位"],
    fields: {
      ...INVOICE,
      amount: `原币金额|${AMOUNT}`,
      invoice_number: "发票号|发票号码|单据编号|单据号|单据编码|应收单号",
      issued_on: "单据日期|开票日期|发票日期|日期|制单日期",
    },
    values: YUAN,
    balance: `原币余额|${BALANCE}`,
    status: ["单据状态|状态|审核状态", "收款状态|核销状态|结算状态"],
    keep: [{ column: "单据类型", isNot: ["收款单", "付款单", "应付单", "预收款", "预收单", "红字应收单"] }],
  },
  {
    ...KINGDEE,
    kind: "customers",
    marks: ["编码|代码|客户编码|客户代码", "名称|客户名称", "邮箱|电子邮箱|电子邮件|联系人|Email|E-mail"],
    absent: ["单据编号", "单据号", "客户简称", "客商编码", "发票号", "应收金额"],
    ...CUSTOMERS,
  },
  {
    ...YONYOU,
    kind: "customers",
    marks: [
      "客户编码|客商编码|客户编号|往来单位编码",
      "客户简称|客商名称|客户名称|往来单位名称",
      "客户简称|客商编码|往来单位编码",
    ],
    absent: ["单据编号", "单据号", "发票号", "应收金额"],
    ...CUSTOMERS,
  },
];
