import { Command } from "commander";
import { formatDecimal } from "../domain/money.ts";
import { type Policy, parsePolicy, STANDARD_POLICY } from "../domain/policy.ts";
import type { CliContext, GroundContext } from "./context.ts";
import { readJson, withFileNamed } from "./read-json.ts";

export function policyCommand(context: GroundContext): Command {
  const check = new Command("check")
    .description("say what is wrong with a policy file, or that nothing is; stores nothing")
    .argument("<file>", "a JSON file")
    .action((path: string) => checkFile(context, path));
  const apply = new Command("apply")
    .description("store a policy file as the new version under its name")
    .argument("<file>", "a JSON file")
    .action((path: string) => applyFile(context, path));
  const show = new Command("show")
    .description("print a policy as a file to start one's own from")
    .argument("[name]", "its name", STANDARD_POLICY.name)
    .action((name: string) => showPolicy(context, name));
  return new Command("policy")
    .description("when and how to remind")
    .addCommand(show)
    .addCommand(check)
    .addCommand(apply);
}

async function showPolicy(context: GroundContext, name: string): Promise<void> {
  const policy = await readPolicy(context, name);
  context.out(context.json ? JSON.stringify(policy) : JSON.stringify(policy, null, 2));
}

/** The policy that ships can be read before there is a database. */
async function readPolicy(context: GroundContext, name: string): Promise<Policy> {
  const [{ readSettings }, { isDatabaseNew }] = await Promise.all([
    import("../config.ts"),
    import("./database-file.ts"),
  ]);
  const { DATABASE_URL: url } = readSettings(context.environment);
  if (name === STANDARD_POLICY.name && isDatabaseNew(url)) return parsePolicy(STANDARD_POLICY).policy;
  const { getPolicy } = await import("../reminders/records/get-policy.ts");
  return getPolicy(await context.services(), name);
}

async function checkFile(context: CliContext, path: string): Promise<void> {
  const file = await readJson(path);
  const { policy, warnings } = await withFileNamed(path, () => parsePolicy(file));
  const { name, stages } = policy;
  if (context.json) return context.out(JSON.stringify({ policy: name, warnings }));
  warn(context, warnings);
  context.out(`The policy "${name}" is in order: ${stages.map(({ key }) => key).join(", ")}.`);
  for (const line of describeMinimums(policy)) context.out(line);
}

/** What the minor units of the minimums come to, so that whoever wrote another unit sees it. */
function describeMinimums({ minBalance, stages }: Policy): string[] {
  const rows = [
    { name: "every stage", minBalance },
    ...stages.map((stage) => ({ ...stage, name: stage.key })),
  ];
  return rows.flatMap(({ name, minBalance }) => {
    const amounts = Object.entries(minBalance ?? {}).map(
      ([currency, minor]) => `${currency} ${formatDecimal(minor, currency)}`,
    );
    return amounts.length > 0 ? [`  ${name}: nothing below ${amounts.join(", ")}`] : [];
  });
}

async function applyFile(context: CliContext, path: string): Promise<void> {
  const file = await readJson(path);
  await withFileNamed(path, () => parsePolicy(file));
  const services = await context.services({ createsDatabase: true, takesEmptyFile: true });
  const { applyPolicy } = await import("../reminders/records/apply-policy.ts");
  const { name, version, warnings, changed } = await applyPolicy(services, file);
  if (context.json) return context.out(JSON.stringify({ policy: name, version, changed, warnings }));
  warn(context, warnings);
  context.out(`The policy "${name}" is at version ${version}${changed ? "" : ", as before"}.`);
}

function warn(context: CliContext, warnings: string[]): void {
  for (const warning of warnings) context.note(`warning: ${warning}`);
}
