import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect, test } from "vitest";

const DOCUMENTS = globSync(["*.md", "docs/**/*.md"]);
const CODE = globSync("{app,components,e2e,lib,scripts}/**/*.{ts,tsx,mjs}");

/** `device-protocol.md, 1.3 and 9.2` and `admin-model.md section 12`. */
const CITATION =
  /\b(device-protocol|admin-model|cabinets)\.md,? (?:section )?(\d+(?:\.\d+)?)(?: and (\d+(?:\.\d+)?))?/g;
/** `docs/cli.md` */
const DOCUMENT_PATH = /\bdocs\/[\w./-]+\.md\b/g;
/** `[text](decisions/README.md#section)` */
const LINK = /\]\((?!https?:|#)([^)#\s]+)/g;
/** `lib/core/csv.ts` in back quotes. Text with a placeholder such as `<room>` is not a path. */
const CODE_PATH =
  /`((?:\.\.\/)*(?:app|bench|bin|components|docs|e2e|lib|messages|prisma|scripts)\/[\w()[\]./@-]+)`/g;

/** A path in back quotes, a colon, and a code block. */
const EXAMPLE = /`([\w/().-]+)`\)?:\n\n```\w+\n([^`]*)```/g;

function matchesIn(files: readonly string[], pattern: RegExp) {
  return files.flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(pattern)].map((match) => ({
      file,
      groups: match.slice(1).map((group: string | undefined) => group ?? ""),
      whole: match[0],
    })),
  );
}

function sectionsOf(document: string): ReadonlySet<string> {
  const text = readFileSync(`docs/reference/${document}.md`, "utf8");
  return new Set([...text.matchAll(/^#+ (\d+(?:\.\d+)?)\.? /gm)].map(([, number]) => number ?? ""));
}

test("every section that the code cites exists in the reference", () => {
  const citations = matchesIn(CODE, CITATION).filter(({ file }) => !file.startsWith("scripts/"));

  expect(citations.length).toBeGreaterThan(15);
  const missing = citations.filter(({ groups: [document = "", ...sections] }) => {
    const known = sectionsOf(document);
    return sections.some((section) => section !== "" && !known.has(section));
  });
  expect(missing).toEqual([]);
});

test("every document that the code names exists", () => {
  const named = matchesIn(CODE, DOCUMENT_PATH);

  expect(named.length).toBeGreaterThan(3);
  expect(named.filter(({ whole }) => !existsSync(whole))).toEqual([]);
});

test("every link between documents points to a file", () => {
  const links = matchesIn(DOCUMENTS, LINK);

  expect(links.length).toBeGreaterThan(20);
  expect(
    links.filter(({ file, groups: [target = ""] }) => !existsSync(join(dirname(file), target))),
  ).toEqual([]);
});

test("every path of code that a document names exists", () => {
  const paths = matchesIn(DOCUMENTS, CODE_PATH);

  expect(paths.length).toBeGreaterThan(40);
  expect(paths.filter(({ groups: [path = ""] }) => !existsSync(path))).toEqual([]);
});

test("every example of the style page exists in the file that it names", () => {
  const examples = matchesIn(["docs/style.md"], EXAMPLE);

  expect(examples.length).toBeGreaterThan(6);
  const stale = examples.flatMap(({ groups: [path = "", code = ""] }) => {
    const lines = new Set(linesOf(readFileSync(path, "utf8")));
    return linesOf(code).filter((line) => line !== "// …" && !lines.has(line));
  });
  expect(stale).toEqual([]);
});

test("every decision has a number, a status and a date, and is in the index", () => {
  const index = readFileSync("docs/decisions/README.md", "utf8");
  const decisions = globSync("docs/decisions/*.md").filter((file) => !file.endsWith("README.md"));

  expect(decisions.length).toBeGreaterThan(15);
  for (const file of decisions) {
    const name = basename(file);
    expect(name).toMatch(/^\d{4}-/);
    expect(readFileSync(file, "utf8"), file).toMatch(
      new RegExp(`^# ${name.slice(0, 4)}: .+\\n\\n- Status: .+\\n- Date: \\d{4}-\\d\\d-\\d\\d\\n`),
    );
    expect(index).toContain(`[${name.slice(0, 4)}](${name})`);
  }
});

function linesOf(code: string): readonly string[] {
  return code.split("\n").map((line) => line.trim());
}
