import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { settings } from "#foundation/platform/settings-schema";
import { renderMetrics } from "#phones/check/server/metrics";
import { supervisorMetrics } from "#programs/server/measure-children";

/** Set by npm and Next, or settings of the AWS SDK. */
const WITHOUT_ROW = /^(?:INIT_CWD|NODE_ENV|AWS_.*)$/;
/** In capitals, and no setting of the service. */
const NO_SETTING = /^(?:AWS_.*|NODE_EXTRA_CA_CERTS|ERR_SSL_.*)$/;

const PAGES = [
  "administration",
  "api",
  "cli",
  "notifications",
  "operations",
  "outside",
  "packages",
  "phones",
].map((name) => readFileSync(`docs/${name}.md`, "utf8"));

test("every setting has a row in a table of the pages for administrators", () => {
  const rows = PAGES.flatMap((page) => page.split("\n")).filter((line) => line.startsWith("| `"));
  const cells = rows.map((row) => row.split("|")[1] ?? "").join(" ");

  const missing = Object.keys(settings.shape).filter(
    (name) => !WITHOUT_ROW.test(name) && !cells.includes(`\`${name}\``),
  );

  expect(missing).toEqual([]);
});

test("the tables of settings have the defaults of the program", () => {
  const tables = PAGES.join("\n").matchAll(/^\| \w+ +\| default +\|.*\n\|[- |]+\n((?:\|.*\n)+)/gm);
  const rows = [...tables].flatMap(([, text = ""]) => text.trim().split("\n"));
  const documented = new Map(rows.flatMap(defaultsIn));
  const existing = Object.entries(settings.parse({})).flatMap(([name, value]) => {
    const text = name === "PHONE_PROCESSES" ? null : defaultText(value);
    return text === null || !documented.has(name) ? [] : [[name, text] as const];
  });

  expect(existing.length).toBeGreaterThan(40);
  expect(existing.filter(([name, text]) => documented.get(name) !== text)).toEqual([]);
});

test("every setting that a page names exists", () => {
  const named = PAGES.flatMap((page) => [...page.matchAll(/`([A-Z]{2,}(?:_[A-Z0-9]+)+)[`=]/g)]);
  const names = [...new Set(named.map(([, name = ""]) => name))];

  expect(names.length).toBeGreaterThan(60);
  expect(names.filter((name) => !(name in settings.shape) && !NO_SETTING.test(name))).toEqual([]);
});

test("the page of operations has every metric of the service, and every metric that a page names exists", async () => {
  const { text } = await renderMetrics();
  const exported = [...`${text}\n${supervisorMetrics([])}`.matchAll(/^# HELP (ucupdates_\S+)/gm)];
  const names = exported.map(([, name = ""]) => name);
  const named = PAGES.flatMap((page) => [...page.matchAll(/`(ucupdates_[a-z_]+)/g)]);

  expect([...new Set(named.map(([, name = ""]) => name))].toSorted()).toEqual(names.toSorted());
});

/** One default for all names of a row, or one for each. */
function defaultsIn(row: string): readonly (readonly [name: string, text: string])[] {
  const [, names = "", cell = ""] = row.split("|");
  const texts = cell.replaceAll("`", "").trim().split(", ");
  return [...names.matchAll(/`(\w+)`/g)].map(([, name = ""], index) => [
    name,
    texts[index] ?? texts.join(", "),
  ]);
}

/** Null for a default that depends on other settings, and for a list, which the tables describe in words. */
function defaultText(value: unknown): string | null {
  if (typeof value === "number") {
    return sizeText(value);
  }
  return typeof value === "string" || typeof value === "boolean" ? String(value) : null;
}

function sizeText(value: number): string {
  const MIB = 1024 ** 2;
  const GIB = 1024 ** 3;
  if (value > 0 && value % GIB === 0) {
    return `${value / GIB} GiB`;
  }
  return value > 0 && value % MIB === 0 ? `${value / MIB} MiB` : String(value);
}
