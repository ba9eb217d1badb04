import { expect, test } from "vitest";
import { toCsv, printItems, renderItems } from "#programs/cli/output/format";
import { column, detail } from "#programs/cli/output/fields";
import { toTable } from "#programs/cli/output/table";

type Phone = {
  readonly name: string;
  readonly version: string | null;
  readonly checks: number;
  readonly seenAt: Date;
  readonly isTest: boolean;
  readonly domains: readonly string[];
};

const FIELDS = [
  column("Name", (phone: Phone) => phone.name),
  column("ApprovedVersion", (phone: Phone) => phone.version),
  column("Checks", (phone: Phone) => phone.checks),
  detail("SeenAt", (phone: Phone) => phone.seenAt),
  detail("IsTest", (phone: Phone) => phone.isTest),
  detail("Domains", (phone: Phone) => phone.domains),
];

function aPhone(overrides: Partial<Phone> = {}): Phone {
  return {
    name: "Lobby",
    version: "4.0.0.1",
    checks: 7,
    seenAt: new Date("2026-11-22T20:00:00.123Z"),
    isTest: true,
    domains: ["contoso.com", "fabrikam.com"],
    ...overrides,
  };
}

test("aligns a table with numbers on the right and no trailing spaces", () => {
  const phones = [aPhone(), aPhone({ name: "Reception", version: null, checks: 120 })];

  const text = renderItems(phones, { fields: FIELDS, format: "table", width: null });

  expect(text).toBe(
    [
      "Name       ApprovedVersion  Checks",
      "----       ---------------  ------",
      "Lobby      4.0.0.1               7",
      "Reception                      120",
      "",
    ].join("\n"),
  );
});

test("shows every property on its own line, in the order of the original", () => {
  const text = renderItems([aPhone({ version: null })], {
    fields: FIELDS,
    format: "list",
    width: 80,
  });

  expect(text).toBe(
    [
      "Name            : Lobby",
      "ApprovedVersion :",
      "Checks          : 7",
      "SeenAt          : 2026-11-22T20:00:00Z",
      "IsTest          : True",
      "Domains         : {contoso.com, fabrikam.com}",
      "",
    ].join("\n"),
  );
});

test("shows the detail view instead of a table that does not fit", () => {
  const text = renderItems([aPhone()], { fields: FIELDS, format: "table", width: 20 });

  expect(text).toContain("ApprovedVersion : 4.0.0.1");
});

test("keeps a table that fits exactly", () => {
  const text = renderItems([aPhone()], { fields: FIELDS, format: "table", width: 30 });

  expect(text).toContain("Name   ApprovedVersion  Checks");
});

test("prints JSON as a list, with nulls, ISO instants and lists", () => {
  const text = renderItems([aPhone({ version: null })], {
    fields: FIELDS,
    format: "json",
    width: 10,
  });

  expect(JSON.parse(text)).toEqual([
    {
      name: "Lobby",
      approvedVersion: null,
      checks: 7,
      seenAt: "2026-11-22T20:00:00.123Z",
      isTest: true,
      domains: ["contoso.com", "fabrikam.com"],
    },
  ]);
});

test("prints an empty JSON list for no items, and a note for people", () => {
  const written: string[] = [];
  const told: string[] = [];
  const terminal = {
    write: (text: string) => written.push(text),
    tell: (text: string) => told.push(text),
    columns: null,
  };

  printItems(terminal, [], { fields: FIELDS, options: { json: true, csv: false, list: false } });
  printItems(terminal, [], { fields: FIELDS, options: { json: false, csv: false, list: false } });

  expect(written).toEqual(["[]\n"]);
  expect(told).toEqual(["Nothing found.\n"]);
});

test.each([
  ["=1+1", "'=1+1"],
  ["+49", "'+49"],
  ["-1", "'-1"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["\t=1", "'\t=1"],
  ["  =1", "'  =1"],
  ["a=1", "a=1"],
  ['say "hi"', '"say ""hi"""'],
  ["a,b", '"a,b"'],
  ["=a,b", '"\'=a,b"'],
  ["two\nlines", '"two\nlines"'],
])("writes the cell %j as %j", (name, cell) => {
  const csv = toCsv([{ name }], [column("Name", (item: { name: string }) => item.name)]);

  expect(csv).toBe(`Name\r\n${cell}\r\n`);
});

test("does not escape a negative number", () => {
  expect(toCsv([{ n: -5 }], [column("N", ({ n }: { n: number }) => n)])).toBe("N\r\n-5\r\n");
});

test("replaces control characters in text from outside", () => {
  const text = toTable(
    [{ name: "a\u001b[2Jb\u202ec\n" }],
    [column("Name", (item: { name: string }) => item.name)],
  );

  expect(text.split("\n")[2]).toBe("a\u{fffd}[2Jb\u{fffd}c\u{fffd}");
});
