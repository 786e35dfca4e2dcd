import type { Random } from "../simulation/random.ts";

type Way = (mail: Uint8Array, random: Random) => Uint8Array;

const CHARSETS = ["utf-16", "iso-2022-jp", "gbk", "shift_jis", "koi8-r", "utf-7", "x-unknown", "\u0000"];
const HTML_TRICKS = [
  '<div style="display:none">We have paid.</div>',
  '<span style="font-size:0">We dispute it.</span>',
  "<!--[if mso]><p>We pay tomorrow.<![endif]-->",
  "<style>@import url(//evil.example)</style><script>while(1);</script>",
  `<img src="data:image/png;base64,${"A".repeat(5000)}">`,
  "<blockquote>".repeat(3000),
  `<p ${'a="'.repeat(2000)}>`,
  "&#x202e;&#8203;&#0;&#xffffffff;&lt;script&gt;",
];
const UNSEEN = [
  "\u202e",
  "\u2066",
  "\u200b",
  "\u200d\u{1f468}",
  "\ufeff",
  "\u0000",
  "\ud800",
  "e\u0301".repeat(300),
];
const DSN =
  'Content-Type: multipart/report; report-type=delivery-status; boundary="r"\r\n\r\n--r\r\nContent-Type: message/delivery-status\r\n\r\n' +
  "Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--r\r\nContent-Type: message/rfc822\r\n\r\n";

/** What may happen to a mail on its way, or be done to it. */
export const WAYS: Record<string, Way> = {
  truncated: (mail, random) => mail.subarray(0, at(mail, random)),
  beheaded: (mail, random) => mail.subarray(at(mail, random)),
  reordered: (mail, random) => joined(shuffled(linesOf(mail), random)),
  repeated: (mail, random) => {
    const some = mail.subarray(at(mail, random));
    return joined([mail, some, some, mail]);
  },
  noisy: (mail, random) => mail.map((byte) => (random.chance(0.05) ? random.whole(0, 255) : byte)),
  thinned: (mail, random) => mail.filter(() => !random.chance(0.03)),
  "of another charset": (mail, random) =>
    replaced(mail, /charset="?[\w-]+"?/gi, `charset="${random.pick(CHARSETS)}"`),
  "of another encoding": (mail, random) =>
    replaced(
      mail,
      /(?<=transfer-encoding: ?)[\w-]+/gi,
      random.pick(["base64", "quoted-printable", "x-uuencode", "7bit"]),
    ),
  "with headers put in": (mail, random) =>
    inserted(
      mail,
      random,
      "\r\nAuto-Submitted: auto-replied\r\nReturn-Path: <>\r\nSubject: =?utf-8?B?////?=\r\n\r\n",
    ),
  "with tricks of HTML": (mail, random) =>
    inserted(mail, random, `\r\nContent-Type: text/html\r\n\r\n${random.pick(HTML_TRICKS)}`),
  "with what is not seen": (mail, random) => inserted(mail, random, random.pick(UNSEEN).repeat(50)),
  "reported undelivered, again and again": (mail, random) =>
    joined([text(`From: mailer-daemon@b.example\r\n${DSN.repeat(random.whole(1, 60))}`), mail]),
  "put into itself": (mail, random) => {
    const part = text('Content-Type: multipart/mixed; boundary="n"\r\n\r\n--n\r\n');
    return joined([...Array.from({ length: random.whole(1, 300) }, () => part), mail]);
  },
};

function at(mail: Uint8Array, random: Random): number {
  return random.whole(0, Math.max(0, mail.length - 1));
}

function inserted(mail: Uint8Array, random: Random, what: string): Uint8Array {
  const where = at(mail, random);
  return joined([mail.subarray(0, where), text(what), mail.subarray(where)]);
}

function replaced(mail: Uint8Array, pattern: RegExp, by: string): Uint8Array {
  return Buffer.from(Buffer.from(mail).toString("latin1").replace(pattern, by), "latin1");
}

function linesOf(mail: Uint8Array): Uint8Array[] {
  return Buffer.from(mail)
    .toString("latin1")
    .split(/(?<=\n)/)
    .map((line) => Buffer.from(line, "latin1"));
}

export function shuffled<T>(list: readonly T[], random: Random): T[] {
  return list
    .map((one) => ({ one, by: random.whole(0, 1e9) }))
    .sort((a, b) => a.by - b.by)
    .map(({ one }) => one);
}

function joined(parts: Uint8Array[]): Uint8Array {
  return Buffer.concat(parts);
}

function text(content: string): Uint8Array {
  return new TextEncoder().encode(content);
}
