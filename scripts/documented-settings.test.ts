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
