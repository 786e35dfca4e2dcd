import { describe, expect, test } from "vitest";
import type { ImportKind } from "../../src/imports/columns.ts";
import { openImport } from "../../src/imports/open-import.ts";
import { PRESETS } from "../../src/imports/presets.ts";
import { hasMarks } from "../../src/imports/recognise.ts";
import type { Told } from "../../src/imports/survey.ts";
import { makeFile } from "../support/import-text.ts";

type Read = { kind?: ImportKind; told?: Told; preset?: string };

async function read(text: string | Uint8Array, { kind = "invoices", told, preset }: Read = {}) {
  const source = await openImport({ kind, path: await makeFile(text), told, preset });
  const rows = [];
  for await (const batch of source.rows()) rows.push(...batch);
  return {
    name: source.preset?.name,
    rows,
    cells: rows.map(({ row }) => row),
    problems: rows.flatMap(({ line, problem }) =>
      problem ? [`${line} ${problem.column}: ${problem.error}`] : [],
    ),
    notes: source.preset?.notes ?? [],
    leftOut: source.preset?.leftOut(),
  };
}

const lines = (...all: string[]) => `${all.join("\r\n")}\r\n`;

const XERO = lines(
  "ContactName,EmailAddress,InvoiceNumber,Reference,InvoiceDate,DueDate,Total,InvoiceAmountPaid,InvoiceAmountDue,Description,LineAmount,Currency,Type,Sent,Status",
  "Otter Ltd,pay@otter.example,INV-1,PO 7,13/01/2026,12/02/2026,120.00,20.00,100.00,Work,100.00,GBP,Sales invoice,Sent,Awaiting Payment",
  "Otter Ltd,pay@otter.example,INV-1,PO 7,13/01/2026,12/02/2026,120.00,20.00,100.00,Travel,20.00,GBP,Sales invoice,Sent,Awaiting Payment",
  "Otter Ltd,,INV-2,,14/01/2026,13/02/2026,50.00,0.00,50.00,Work,50.00,GBP,Sales invoice,,Draft",
  "Otter Ltd,,CN-1,,14/01/2026,,30.00,0.00,10.00,Back,30.00,GBP,Sales credit note,,Awaiting Payment",
);
const DATEV_FIRST =
  '"EXTF";700;21;"Buchungsstapel";13;20260105102500000;;"XY";"";"";1001;456;20250701;4;20251201;20260131;"Dez";"";1;0;0;"EUR";;"";;;"03";;;"";""';
const DATEV_HEADER =
  '"Umsatz (ohne Soll/Haben-Kz)";"Soll/Haben-Kennzeichen";"WKZ Umsatz";Konto;"Gegenkonto (ohne BU-Schlüssel)";Belegdatum;"Belegfeld 1";"Belegfeld 2";Buchungstext;"Fälligkeit"';
const DATEV = lines(
  DATEV_FIRST,
  DATEV_HEADER,
  '1.190,00;"S";"";10001;8400;3112;"RE-1";"";"Honorar";14012026',
  '107,00;"S";"";10001;8300;3112;"RE-1";"";"Buch";14012026',
  '50,00;"H";"CHF";8400;10002;201;"RE-2";"";"Reise";15022026',
  '1297,00;"H";"";10001;1200;1501;"RE-1";"";"Zahlung";',
  '20,00;"H";"";10002;8400;1601;"RE-2";"";"Gutschrift";',
  '24,95;"H";"";1200;4940;2101;"";"";"Fachbuch";',
);
const WAVE = lines(
  "Transaction ID,Transaction Date,Account Name,Amount (One column), ,Debit Amount (Two Column Approach),Credit Amount (Two Column Approach),Customer,Invoice Number,Account Group,Account Type",
  "1,2026-01-28,Sales,500.00,,,500.00,Bo Marsh,7,Income,Income",
  "1,2026-01-28,Accounts Receivable,500.00,,500.00,,Bo Marsh,7,Asset,System Receivable Invoice",
  "2,2026-02-01,Accounts Receivable,-200.00,,,200.00,Bo Marsh,7,Asset,System Receivable Invoice",
  "2,2026-02-01,Cash on Hand,200.00,,200.00,,,,Asset,Cash and Bank",
);
const SAGE = lines(
  "Type,Account Reference,Nominal A/C Ref,Department Code,Date,Reference,Ex.Ref,Details,Net Amount,Tax Code,Tax Amount,Exchange Rate,Gross Amount",
  "SI,OTT001,4000,0,03/02/2026,1001,,Goods,100.00,T1,20.00,1,120.00",
  "SI,OTT001,4001,0,03/02/2026,1001,,Carriage,10.00,T1,2.00,1,12.00",
  "SC,OTT001,4000,0,04/02/2026,12,,Back,10.00,T1,2.00,1,12.00",
  "SR,OTT001,1200,0,05/02/2026,BACS,,Receipt,120.00,T9,0.00,1,120.00",
  "PI,SUP001,5000,0,05/02/2026,88,,Paper,9.00,T1,1.80,1,10.80",
);

type Case = [
  product: string,
  kind: ImportKind,
  text: string,
  told: Told,
  rows: Record<string, string>[],
  leftOut?: number,
];
const CASES: Case[] = [
  [
    "xero",
    "invoices",
    XERO,
    {},
    [
      {
        invoice_number: "INV-1",
        customer_ref: "Otter Ltd",
        customer_email: "pay@otter.example",
        currency: "GBP",
        amount: "120.00",
        paid_amount: "20.00",
        issued_on: "2026-01-13",
        due_on: "2026-02-12",
        po_number: "PO 7",
        status: "open",
      },
      { invoice_number: "INV-1", amount: "120.00" },
      { invoice_number: "INV-2", status: "void" },
    ],
    1,
  ],
  [
    "xero",
    "payments",
    XERO,
    {},
    [
      {
        customer_ref: "Otter Ltd",
        amount: "10.00",
        kind: "credit_note",
        reference: "CN-1",
        paid_on: "2026-01-14",
      },
    ],
    3,
  ],
  [
    "xero",
    "invoices",
    lines(
      "*ContactName,EmailAddress,*InvoiceNumber,*InvoiceDate,*DueDate,Total,*Description,*Quantity,*UnitAmount,Discount,TaxAmount,Currency",
      "Otter Ltd,,INV-3,2026-01-02,2026-02-01,,Work,2,50.25,10,18.09,EUR",
      "Otter Ltd,,INV-3,2026-01-02,2026-02-01,,Travel,1,9.55,,0,EUR",
      "Otter Ltd,,INV-4,2026-01-02,2026-02-01,77.00,Work,1,70.00,,7,EUR",
      "Otter Ltd,,INV-4,2026-01-02,2026-02-01,77.00,Gift,1,0.00,,0,EUR",
    ),
    {},
    [
      { invoice_number: "INV-3", amount: "118.09" },
      { invoice_number: "INV-4", amount: "77.00" },
    ],
  ],
  [
    "quickbooks",
    "invoices",
    lines(
      "*InvoiceNo,*Customer,*InvoiceDate,*DueDate,Terms,Memo,*Item(Product/Service),*ItemAmount,Item Tax Amount,Currency",
      '1001,Otter Ltd,1/13/2026,2/12/2026,,,Work,"1,000.00",80.00,USD',
      "1001,Otter Ltd,1/13/2026,2/12/2026,,,Travel,100.00,,USD",
      "1002,Heron Inc,1/5/2026,2/4/2026,,,Work,12.50,1,USD",
    ),
    {},
    [
      { invoice_number: "1001", amount: "1180.00", issued_on: "2026-01-13", due_on: "2026-02-12" },
      { invoice_number: "1002", amount: "13.50", issued_on: "2026-01-05", due_on: "2026-02-04" },
    ],
  ],
  [
    "quickbooks",
    "invoices",
    lines(
      "Open Invoices,,,,,,",
      "Otter Holdings,,,,,,",
      '"As of March 1, 2026",,,,,,',
      ",,,,,,",
      ",Date,Transaction type,Num,Terms,Due date,Open balance",
      "Otter Ltd,,,,,,",
      ',01/13/2026,Invoice,1001,Net 30,02/12/2026,"$1,180.00"',
      ",01/20/2026,Payment,,,01/20/2026,-100.00",
      'Total for Otter Ltd,,,,,,"$1,080.00"',
      "Heron Inc,,,,,,",
      ",01/25/2026,Invoice,1002,Net 30,02/24/2026,13.50",
      'TOTAL,,,,,,"$1,093.50"',
    ),
    { currency: "USD" },
    [
      {
        invoice_number: "1001",
        customer_ref: "Otter Ltd",
        amount: "1180.00",
        due_on: "2026-02-12",
        currency: "USD",
      },
      { invoice_number: "1002", customer_ref: "Heron Inc", amount: "13.50" },
    ],
    5,
  ],
  [
    "stripe",
    "invoices",
    lines(
      "id,Number,Customer,Customer Name,Customer Email,Status,Currency,Amount Due,Amount Paid,Total,Date (UTC),Due Date (UTC),Paid At (UTC)",
      "in_1,A-1,cus_1,Otter,pay@otter.example,open,usd,100.00,0.00,100.00,2026-01-13 09:00,2026-02-12 09:00,",
      "in_2,A-2,cus_1,Otter,pay@otter.example,paid,usd,60.00,60.00,60.00,2026-01-13 09:00,2026-02-12 09:00,2026-01-20 23:59",
      "in_3,A-3,cus_1,Otter,pay@otter.example,uncollectible,usd,10.00,0.00,10.00,2026-01-13 09:00,2026-02-12 09:00,",
      "in_4,,cus_1,Otter,pay@otter.example,draft,usd,10.00,0.00,10.00,2026-01-13 09:00,,",
    ),
    {},
    [
      { invoice_number: "A-1", customer_ref: "cus_1", currency: "USD", status: "open", due_on: "2026-02-12" },
      { invoice_number: "A-2", status: "open", paid_amount: "60.00", paid_on: "2026-01-20" },
      { invoice_number: "A-3", status: "written_off" },
      { invoice_number: "in_4", status: "void" },
    ],
  ],
  [
    "zoho",
    "invoices",
    lines(
      "Invoice Date,Invoice ID,Invoice Number,Invoice Status,Customer Name,Customer ID,Due Date,PurchaseOrder,Currency Code,Item Name,Item Total,Total,Balance,Last Payment Date",
      '2026-01-28,9,INV-000001,Overdue,Otter,4711,2026-02-27,654,INR,Nails,25.50,"1,02,489.75","1,00,000.00",2026-02-01',
      '2026-01-28,9,INV-000001,Overdue,Otter,4711,2026-02-27,654,INR,Hammer,4.25,"1,02,489.75","1,00,000.00",2026-02-01',
    ),
    {},
    [
      {
        invoice_number: "INV-000001",
        customer_ref: "4711",
        customer_name: "Otter",
        currency: "INR",
        amount: "102489.75",
        paid_amount: "2489.75",
        paid_on: "2026-02-01",
        po_number: "654",
        status: "open",
      },
      { invoice_number: "INV-000001" },
    ],
  ],
  [
    "freshbooks",
    "invoices",
    lines(
      "Client Name,Invoice #,Date Issued,Date Due,Invoice Status,Date Paid,Item Name,Rate,Quantity,Line Subtotal,Tax 1 Amount,Line Total,Currency",
      "Otter,0000001,2026-01-28,2026-02-27,sent,,Repair,65.00,10,650.00,0.00,650.00,USD",
      "Otter,0000001,2026-01-28,2026-02-27,sent,,Paint,98.00,5,490.00,0.05,490.05,USD",
      "Otter,0000002,2026-01-28,2026-02-27,paid,2026-02-03,Paint,98.00,1,98.00,0.00,98.00,USD",
      "Otter,0000003,2026-01-28,2026-02-27,disputed,,Paint,98.00,1,98.00,0.00,98.00,USD",
    ),
    {},
    [
      { invoice_number: "0000001", amount: "1140.05", status: "open" },
      { invoice_number: "0000002", paid_on: "2026-02-03" },
      { invoice_number: "0000003", status: "open", disputed: "yes" },
    ],
  ],
  [
    "wave",
    "invoices",
    WAVE,
    { currency: "USD" },
    [{ invoice_number: "7", customer_ref: "Bo Marsh", amount: "500.00", issued_on: "2026-01-28" }],
    3,
  ],
  [
    "wave",
    "payments",
    WAVE,
    {},
    [{ invoice_number: "7", amount: "200.00", paid_on: "2026-02-01", reference: "2/7" }],
    3,
  ],
  [
    "datev",
    "invoices",
    DATEV,
    {},
    [
      {
        invoice_number: "RE-1",
        customer_ref: "10001",
        currency: "EUR",
        amount: "1297.00",
        issued_on: "2025-12-31",
        due_on: "2026-01-14",
      },
      {
        invoice_number: "RE-2",
        customer_ref: "10002",
        currency: "CHF",
        amount: "50.00",
        issued_on: "2026-01-02",
        due_on: "2026-02-15",
      },
    ],
    3,
  ],
  [
    "datev",
    "payments",
    DATEV,
    {},
    [
      {
        invoice_number: "RE-1",
        customer_ref: "10001",
        amount: "1297.00",
        kind: "payment",
        paid_on: "2026-01-15",
      },
      {
        invoice_number: "RE-2",
        customer_ref: "10002",
        amount: "20.00",
        kind: "credit_note",
        paid_on: "2026-01-16",
      },
    ],
    4,
  ],
  [
    "odoo",
    "invoices",
    lines(
      "Number,Invoice Partner Display Name,Invoice/Bill Date,Due Date,Total in Currency Signed,Amount Due,Currency,Payment Status,Status",
      'INV/2026/00001,Otter,2026-01-02,2026-02-01,"1,200.50",200.50,EUR,Partially Paid,Posted',
      "INV/2026/00002,Otter,2026-01-02,2026-02-01,10.00,0.00,EUR,In Payment,Posted",
      "INV/2026/00003,Otter,2026-01-02,2026-02-01,10.00,10.00,EUR,Not Paid,Cancelled",
    ),
    {},
    [
      { invoice_number: "INV/2026/00001", amount: "1200.50", paid_amount: "1000.00", status: "open" },
      { invoice_number: "INV/2026/00002", paid_amount: "10.00", status: "open" },
      { invoice_number: "INV/2026/00003", status: "void" },
    ],
  ],
  [
    "sage",
    "invoices",
    SAGE,
    { currency: "GBP" },
    [{ invoice_number: "1001", customer_ref: "OTT001", amount: "132.00", issued_on: "2026-02-03" }],
    3,
  ],
  [
    "sage",
    "payments",
    SAGE,
    { currency: "GBP" },
    [
      { customer_ref: "OTT001", amount: "12.00", kind: "credit_note", paid_on: "2026-02-04" },
      { customer_ref: "OTT001", amount: "120.00", kind: "payment", paid_on: "2026-02-05" },
    ],
    3,
  ],
  [
    "kingdee",
    "invoices",
    lines(
      "单据类型,单据编号,业务日期,到期日,客户编码,客户名称,币别,价税合计,未核销金额,单据状态",
      '标准应收单,AR00001,2026/1/5,2026/2/4,CUST01,水獭有限公司,人民币,"11,300.00","1,300.00",已审核',
      "标准应收单,AR00002,2026年1月5日,2026年2月4日,CUST01,水獭有限公司,人民币,100.00,100.00,创建",
    ),
    {},
    [
      {
        invoice_number: "AR00001",
        customer_ref: "CUST01",
        customer_name: "水獭有限公司",
        currency: "CNY",
        amount: "11300.00",
        paid_amount: "10000.00",
        issued_on: "2026-01-05",
        due_on: "2026-02-04",
        status: "open",
      },
      { invoice_number: "AR00002", status: "void" },
    ],
  ],
  [
    "yonyou",
    "invoices",
    lines(
      "单据类型,单据号,单据日期,客户编码,客户简称,币种,原币金额,原币余额,到期日",
      "应收单,000012,2026-01-05,001,水獭,美元,500.00,200.00,2026-02-04",
    ),
    {},
    [
      {
        invoice_number: "000012",
        customer_ref: "001",
        customer_name: "水獭",
        currency: "USD",
        amount: "500.00",
        paid_amount: "300.00",
      },
    ],
  ],
  [
    "invoiceninja",
    "invoices",
    lines(
      "Invoice Ninja v4.5.17 - December 19 2026 11:28 pm,,,,,,,",
      ",,,,,,,",
      "INVOICES,,,,,,,",
      "Client,Email,Invoice Number,Amount,Paid,Status,Invoice Date,Due Date",
      'Otter,pay@otter.example,1,"$1,013.50",$5.01,Partial,2026-01-25,2026-02-20',
    ),
    { currency: "USD" },
    [{ invoice_number: "1", customer_ref: "Otter", amount: "1013.50", paid_amount: "5.01", status: "open" }],
  ],
  [
    "invoiceninja",
    "payments",
    lines("Payments,,,", "Client,Invoice Number,Amount,Date", "Otter,1,$13.50 ,10/20/2025"),
    {},
    [{ invoice_number: "1", customer_ref: "Otter", amount: "13.50", paid_on: "2025-10-20" }],
  ],
  [
    "invoice2go",
    "invoices",
    lines(
      "\ufeffId,DocumentDate,DocumentNumber,Name,EmailRecipient,DocumentStatus,DatePaid,CurrencyCode,TotalAmount,BalanceDueAmount,AmountPaidAmount",
      "a,2026-01-28,1,Otter,pay@otter.example,sent,,ILS,953.55,53.55,900",
      "b,2026-01-28,2,Otter,pay@otter.example,unsent,,ILS,10,10,0",
    ),
    {},
    [
      { invoice_number: "1", amount: "953.55", paid_amount: "900.00", status: "open" },
      { invoice_number: "2", status: "void" },
    ],
  ],
  [
    "invoicely",
    "invoices",
    lines(
      '"Date","Due","Details","Client","Status","Total"',
      '"Jan 28 2026","28 Feb 2026","INV-1","Otter","Due","1.020,00 €"',
    ),
    {},
    [
      {
        invoice_number: "INV-1",
        customer_ref: "Otter",
        issued_on: "2026-01-28",
        due_on: "2026-02-28",
        amount: "1020.00",
        currency: "EUR",
        status: "open",
      },
    ],
  ],
];
const CUSTOMERS: [product: string, header: string, line: string, row: Record<string, string>][] = [
  [
    "xero",
    "*ContactName,AccountNumber,EmailAddress,FirstName,LastName,POAddressLine1,POCity,POCountry",
    "Otter,9,pay@otter.example,Olga,Otter,Quay 1,Leith,Scotland",
    { customer_ref: "Otter", contact_name: "Olga Otter", address: "Quay 1\nLeith", country: "GB" },
  ],
  [
    "quickbooks",
    "Customer full name,Phone numbers,Email,Full name,Bill address",
    'Otter,1,"a@otter.example, b@otter.example",Olga,Quay 1',
    { customer_ref: "Otter", contact_email: "a@otter.example" },
  ],
  [
    "zoho",
    "Display Name,Company Name,First Name,Last Name,EmailID,Customer ID,Contact Type,Billing Address,Billing Country",
    "Otter,Otter Ltd,Olga,O,pay@otter.example,4711,customer,Quay 1,Germany",
    { customer_ref: "4711", name: "Otter", legal_name: "Otter Ltd", country: "DE" },
  ],
  [
    "stripe",
    "id,Description,Email,Name,Created (UTC),Delinquent",
    "cus_1,,pay@otter.example,Otter,2026-01-01 10:00,false",
    { customer_ref: "cus_1", name: "Otter", contact_email: "pay@otter.example" },
  ],
  [
    "freshbooks",
    "Organization,First Name,Last Name,Email,Street,City,Country",
    ",Olga,Otter,pay@otter.example,Quay 1,Leith,Canada",
    { customer_ref: "Olga Otter", country: "CA" },
  ],
  [
    "wave",
    "customer_name,email,contact_first_name,contact_last_name,customer_currency,country,address_line_1",
    "Otter,,Olga,Otter,USD,Australia,Quay 1",
    { customer_ref: "Otter", country: "AU" },
  ],
  [
    "datev",
    "Konto;Name (Adressatentyp Unternehmen);Name (Adressatentyp natürl. Person);Vorname (Adressatentyp natürl. Person);Adressatentyp;Straße;Postleitzahl;Ort;Land;E-Mail",
    "10000;;Otter;Olga;1;Kai 1;10115;Berlin;DE;pay@otter.example",
    { customer_ref: "10000", name: "Olga Otter", country: "DE" },
  ],
  [
    "odoo",
    "Display Name,Phone,Email,Salesperson,Activities,City,Country",
    "Otter,1,pay@otter.example,Sam,,Leith,Belgium",
    { customer_ref: "Otter", country: "BE" },
  ],
  [
    "sage",
    "A/C,Name,Address Line 1,Address Line 2,Contact Name,E-mail",
    "OTT001,Otter,Quay 1,Leith,Olga,pay@otter.example",
    { customer_ref: "OTT001", name: "Otter", contact_name: "Olga" },
  ],
  [
    "kingdee",
    "编码,名称,联系人,电子邮箱,地址",
    "CUST01,水獭有限公司,王芳,pay@otter.example,上海",
    { customer_ref: "CUST01", name: "水獭有限公司", contact_name: "王芳" },
  ],
  [
    "yonyou",
    "客户编码,客户名称,客户简称,联系人,邮箱",
    "001,水獭有限公司,水獭,王芳,pay@otter.example",
    { customer_ref: "001", name: "水獭有限公司" },
  ],
  [
    "invoiceninja",
    "Name,Balance,Paid to Date,Billing Street,First Name,Last Name,Email,Phone,Phone",
    "Otter,$-142.85,$1.00,Quay 1,Olga,Otter,pay@otter.example,1,2",
    { customer_ref: "Otter", contact_name: "Olga Otter" },
  ],
  [
    "invoice2go",
    "Client Name,Email,Phone,Country",
    "Otter,pay@otter.example,,US",
    { customer_ref: "Otter", country: "US" },
  ],
];

describe("a file is recognised by its header and read to the cent and the day:", () => {
  test.each(CASES)("%s %s", async (product, kind, text, told, expected, leftOut = 0) => {
    const { name, cells, problems, leftOut: others } = await read(text, { kind, told });
    expect({ name, problems }).toEqual({ name: product, problems: [] });
    expect(cells).toHaveLength(expected.length);
    expect(cells).toMatchObject(expected);
    expect(others).toBe(leftOut);
  });

  test.each(CUSTOMERS)("%s customers", async (product, header, line, expected) => {
    const { name, cells, problems } = await read(lines(header, line), { kind: "customers" });
    expect({ name, problems }).toEqual({ name: product, problems: [] });
    expect(cells).toHaveLength(1);
    expect(cells[0]).toMatchObject(expected);
  });
});

test("exactly one preset has the marks of each of these headers", () => {
  const files: [ImportKind, string, string][] = [
    ...CASES.map(([product, kind, text]): [ImportKind, string, string] => [kind, product, text]),
    ...CUSTOMERS.map(([product, header]): [ImportKind, string, string] => ["customers", product, header]),
  ];
  for (const [kind, product, text] of files) {
    const headers = text
      .replaceAll('"', "")
      .replace("\ufeff", "")
      .split("\r\n")
      .map((line) => line.split(/[,;]/));
    const marked = PRESETS.filter(
      (preset) =>
        preset.kind === kind && !preset.isNamedOnly && headers.some((header) => hasMarks(preset, header)),
    );
    expect(
      marked.map(({ name }) => name),
      `${product} ${kind}`,
    ).toEqual([product]);
  }
});

test("columns in another order, with other capitals, blanks and stars, are the same columns", async () => {
  const rows = XERO.trim()
    .split("\r\n")
    .map((line) => line.split(",").reverse());
  rows[0] = rows[0]!.map((name) => ` *${name.toUpperCase()} `);
  const { name, cells } = await read(`\ufeff${rows.map((row) => ["", ...row].join(";")).join("\n")}`);
  expect(name).toBe("xero");
  expect(cells).toEqual((await read(XERO)).cells);
});

describe("the order of day and month is settled by the whole file:", () => {
  const HEADER = "Client,Invoice Number,Amount,Paid,Invoice Date,Due Date";
  const file = (...rows: string[]) =>
    lines(HEADER, ...rows.map((dates, i) => `Otter,${i + 1},10.00,0.00,${dates}`));
  const told = { currency: "EUR" };
  const issued = async (text: string, more: Told = {}) =>
    (await read(text, { told: { ...told, ...more } })).cells.map((row) => row.issued_on);

  test("one day beyond the twelfth tells", async () => {
    expect(await issued(file("03/04/2026,05/05/2026", "03/04/2026,13/05/2026"))).toEqual([
      "2026-04-03",
      "2026-04-03",
    ]);
    expect(await issued(file("03/04/2026,05/05/2026", "03/04/2026,05/13/2026"))).toEqual([
      "2026-03-04",
      "2026-03-04",
    ]);
  });

  test("so does one that would be due before it was issued", async () => {
    expect(await issued(file("03/04/2026,05/05/2026", "02/03/2026,01/04/2026"))).toEqual([
      "2026-04-03",
      "2026-03-02",
    ]);
  });

  test("it is said how they were read", async () => {
    const { notes } = await read(file("03/04/2026,13/05/2026"), { told });
    expect(notes).toContain('dates like "03/04/2026" are read day first');
  });

  test("where nothing tells, the import is refused with both readings, until somebody says", async () => {
    const text = file("03/04/2026,05/05/2026");
    await expect(read(text, { told })).rejects.toThrow(
      "the date 03/04/2026 may be 2026-04-03 or 2026-03-04, and no row tells; say which with --date-order dmy or --date-order mdy",
    );
    expect(await issued(text, { dateOrder: "mdy" })).toEqual(["2026-03-04"]);
  });

  test("where rows tell both, the import is refused too", async () => {
    await expect(read(file("13/01/2026,14/02/2026", "01/14/2026,02/15/2026"), { told })).rejects.toThrow(
      "dates are written in both orders",
    );
  });

  test("a date that exists in neither order refuses its row alone", async () => {
    const { cells } = await read(file("03/04/2026,13/05/2026", "31/31/2026,13/05/2026"), { told });
    expect(cells[1]!.issued_on).toBe("31/31/2026");
  });
});

describe("amounts", () => {
  const file = (...amounts: string[]) =>
    lines(
      '"Date";"Due";"Details";"Client";"Status";"Total"',
      ...amounts.map((amount, i) => `2026-01-01;2026-02-01;${i};Otter;Due;"${amount}"`),
    );
  const amounts = async (...all: string[]) =>
    (await read(file(...all), { told: { currency: "EUR" } })).cells.map((row) => row.amount);

  test("are read with the decimal sign that the file shows", async () => {
    expect(await amounts("1.020,00 €", "1.500")).toEqual(["1020.00", "1500"]);
    expect(await amounts("EUR 1,020.00", "1,500", "(400.00)", "400.00-", "1'000.5")).toEqual([
      "1020.00",
      "1500",
      "-400.00",
      "-400.00",
      "1000.5",
    ]);
  });

  test("that may be thousands or not are asked about", async () => {
    await expect(amounts("1.500")).rejects.toThrow("--decimal point or --decimal comma");
  });

  test("in both signs are asked about", async () => {
    await expect(amounts("10,50", "10.50")).rejects.toThrow("written both 10.50 and 10,50");
  });

  test("in another currency than the row's refuse it", async () => {
    const { problems } = await read(file("10,50 £"), { told: { currency: "EUR" } });
    expect(problems).toEqual(["2 currency: the amount is written in GBP; correct one of them"]);
  });

  test("without a currency anywhere are asked about", async () => {
    await expect(read(file("10,50"))).rejects.toThrow("say it with --currency");
  });
});

describe("half an invoice is never imported:", () => {
  const HEADER =
    "Client Name,Invoice #,Date Issued,Date Due,Invoice Status,Date Paid,Item Name,Line Total,Currency";
  const line = (number: string, amount: string, state = "sent") =>
    `Otter,${number},2026-01-28,2026-02-27,${state},,Work,${amount},USD`;

  test.each([
    [
      "a line without an amount",
      [line("1", "10.00"), line("1", "ten")],
      "2 amount: line 3 of this invoice has no amount",
    ],
    [
      "a line without a number",
      [line("1", "10.00"), "Otter,,,,,,Work,5.00,USD"],
      "2 invoice_number: line 3 has an amount and no invoice number",
    ],
    ["lines that stand apart", [line("1", "10.00"), line("2", "5.00"), line("1", "1.00")], "stand apart"],
    [
      "lines that contradict",
      [line("1", "10.00"), line("1", "5.00", "draft")],
      "2 status: line 3 of this invoice says otherwise",
    ],
    [
      "a line cut off",
      [line("1", "10.00"), "Otter,1,2026-01-28,2026-02-27"],
      "the row ends after 4 of 9 columns",
    ],
    ["paid in part, who knows how much", [line("1", "10.00", "partial")], "2 paid_amount: is paid in part"],
    ["an unknown state", [line("1", "10.00", "mislaid")], '2 status: the state "mislaid" is unknown'],
  ])("%s", async (_, rows, problem) => {
    const { rows: taken, problems } = await read(lines(HEADER, ...rows));
    expect(problems[0]).toContain(problem);
    expect(taken.filter((row) => row.row.invoice_number === "1" && !row.problem)).toEqual([]);
  });
});

describe("nothing is opened, and one sentence says why:", () => {
  test.each([
    [
      "an unknown preset names the known ones",
      XERO,
      { preset: "sap" },
      'there is no preset "sap"; there are xero, quickbooks',
    ],
    [
      "a preset that does not fit says what it misses",
      WAVE,
      { preset: "xero" },
      "does not look like invoices of Xero; they have the columns",
    ],
    [
      "a preset for other kinds says for which",
      XERO,
      { preset: "stripe", kind: "payments" as const },
      "is for invoices and customers of Stripe",
    ],
    [
      "a file of another kind is named",
      CUSTOMERS[2]![1],
      {},
      "looks like customers of Zoho Books; import it as customers",
    ],
  ])("%s", async (_, text, options, sentence) => {
    await expect(read(text, options)).rejects.toThrow(sentence);
  });
});

test("a named preset takes a file that lacks some marks", async () => {
  const { name, cells } = await read("Details,Client,Total\n7,Otter,5.00\n", {
    preset: "Invoicely",
    told: { currency: "EUR" },
  });
  expect(name).toBe("invoicely");
  expect(cells).toMatchObject([{ invoice_number: "7", amount: "5.00" }]);
});

test("sums below the rows are left out, in Chinese too, and a company called Total is none", async () => {
  const { cells, leftOut } = await read(
    lines("日期,单据编号,购货单位,到期日,金额", "2026-01-05,XS1,水獭,2026-02-04,9.00", "合计,,,,9.00"),
  );
  expect(cells).toMatchObject([{ invoice_number: "XS1" }]);
  expect(leftOut).toBe(1);
  const customers = await read(lines("Client Name,Email,Phone,Country", "Total Energies,,,FR"), {
    kind: "customers",
  });
  expect(customers.cells).toMatchObject([{ customer_ref: "Total Energies" }]);
});

test("a preset file of many lines is read in flat memory, line by line", async () => {
  const count = 60_000;
  const header = "Client Name,Invoice #,Date Issued,Date Due,Invoice Status,Item Name,Line Total,Currency\n";
  const body = Array.from(
    { length: count },
    (_, i) => `Otter,${i >> 1},2026-01-28,2026-02-27,sent,Work,5.25,USD\n`,
  );
  const source = await openImport({ kind: "invoices", path: await makeFile(header + body.join("")) });
  let invoices = 0;
  let largest = 0;
  for await (const batch of source.rows()) {
    invoices += batch.length;
    largest = Math.max(largest, batch.length);
    expect(batch.every(({ row }) => row.amount === "10.50")).toBe(true);
  }
  expect(invoices).toBe(count / 2);
  expect(largest).toBeLessThan(count / 4);
});

test("in DATEV's bookings a reversed invoice is no claim, and money that went back is a refund", async () => {
  const text = lines(
    DATEV_FIRST,
    `${DATEV_HEADER};Generalumkehr`,
    '100,00;"S";"";10001;8400;3112;"RE-1";"";"";;',
    '100,00;"S";"";10001;8400;3112;"RE-1";"";"";;1',
    '80,00;"S";"";10001;1200;1501;"RE-2";"";"Rücklastschrift";;',
  );
  expect((await read(text)).cells).toMatchObject([{ invoice_number: "RE-1", amount: "0.00" }]);
  expect((await read(text, { kind: "payments" })).cells).toMatchObject([
    { invoice_number: "RE-2", amount: "80.00", kind: "refund" },
  ]);
});

test("canonical columns are no preset", async () => {
  expect(await read("invoice_number,customer_ref\n1,K\n")).toMatchObject({
    name: undefined,
    cells: [{ invoice_number: "1", customer_ref: "K" }],
  });
});
