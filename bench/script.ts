import { readFile } from "node:fs/promises";
import { SESClient, SendRawEmailCommand } from "@aws-sdk/client-ses";
import { createClient } from "@libsql/client";
import mjml2html from "mjml";
import MailComposer from "nodemailer/lib/mail-composer/index.js";
import type { Settings } from "../src/config.ts";

/** What one would write first: select what is overdue, compile a letter for each, send it, mark it sent, one after the other. */
export async function runScript(
  settings: Settings,
  { url, limit }: { url: string; limit: number },
): Promise<void> {
  const db = createClient({ url });
  await db.execute("CREATE TABLE IF NOT EXISTS reminded (invoice text PRIMARY KEY, at integer NOT NULL)");
  await db.execute("DELETE FROM reminded");
  const ses = new SESClient({
    region: settings.AWS_REGION,
    endpoint: settings.AWS_ENDPOINT_URL_SES,
    credentials: {
      accessKeyId: settings.AWS_ACCESS_KEY_ID!,
      secretAccessKey: settings.AWS_SECRET_ACCESS_KEY!,
    },
  });
  const letter = await readFile(new URL("./letter.mjml", import.meta.url), "utf8");
  const overdue = await db.execute({
    sql: `SELECT i.id, i.number, i.balance_minor, i.due_on, c.name, n.email FROM invoices i JOIN customers c ON c.id = i.customer_id
          JOIN contacts n ON n.customer_id = c.id
          WHERE i.balance_minor > 0 AND i.due_on + 3 <= ? AND i.id NOT IN (SELECT invoice FROM reminded) LIMIT ?`,
    args: [Math.floor(Date.parse("2026-03-03") / 86_400_000), limit],
  });
  for (const row of overdue.rows) {
    const { html } = await mjml2html(letter.replace(/\{\{(\w+)\}\}/g, (_, name) => String(row[name])));
    const mail = new MailComposer({
      from: "ar@acme.example",
      to: String(row.email),
      subject: `Invoice ${row.number}`,
      html,
    });
    const Data = await mail.compile().build();
    await ses.send(
      new SendRawEmailCommand({
        Source: "ar@acme.example",
        Destinations: [String(row.email)],
        RawMessage: { Data },
      }),
    );
    await db.execute({ sql: "INSERT INTO reminded VALUES (?, ?)", args: [row.id!, Date.now()] });
  }
  ses.destroy();
  db.close();
}
