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
/** `[text](#section)` and `[text](cli.md#section)` */
const SECTION_LINK = /\]\((?!https?:)([^)#\s]*)#([^)\s]+)\)/g;
/** `lib/core/csv.ts` in back quotes. Text with a placeholder such as `<room>` is not a path. */
const CODE_PATH =
  /`((?:\.\.\/)*(?:app|bench|bin|components|docs|e2e|lib|messages|prisma|scripts)\/[\w()[\]./@-]+)`/g;

const FOR_ADMINISTRATORS = ["README.md", ...globSync("docs/*.md")].filter(
  (file) => !/(?:architecture|languages|style)\.md$/.test(file),
);
/** `_Logs_` and `_Settings → Notifications_`: what the panel shows begins with a capital letter. */
const LABEL = /(?<!\w)_([A-Z][^_]*)_(?!\w)/g;
/** A report of the original. */
const ELSEWHERE: ReadonlySet<string> = new Set(["IP Phone Inventory"]);

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

/** The names by which links refer to headings, as the forges make them. */
function headingsOf(document: string): ReadonlySet<string> {
  const headings = withoutBlocks(document).matchAll(/^#+ (.+)$/gm);
  return new Set(
    [...headings].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );
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

test("every link to a section points to a heading", () => {
  const links = matchesIn(DOCUMENTS, SECTION_LINK);

  expect(links.length).toBeGreaterThan(50);
  const missing = links.filter(({ file, groups: [target = "", section = ""] }) => {
    const document = target === "" ? file : join(dirname(file), target);
    return !headingsOf(document).has(section);
  });
  expect(missing).toEqual([]);
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

test("the page of the architecture has every room of every wing", () => {
  const rows = readFileSync("docs/architecture.md", "utf8").matchAll(
    /^\| `(\w+)` +\| (`[^|]+)\|/gm,
  );
  const documented = [...rows].flatMap(([, wing = "", rooms = ""]) =>
    [...rooms.matchAll(/`([\w-]+)`/g)].map(([, room = ""]) => join("lib", wing, room)),
  );

  expect(documented.toSorted()).toEqual(globSync("lib/*/*/").toSorted());
});

test("the panel has every label that a page for administrators names", () => {
  const labels = globSync("messages/en/*.json").flatMap((file) =>
    textsIn(JSON.parse(readFileSync(file, "utf8"))),
  );
  const named = FOR_ADMINISTRATORS.flatMap((file) =>
    [...withoutCode(file).matchAll(LABEL)].flatMap(([, path = ""]) =>
      path.replaceAll(/\s+/g, " ").split(" → "),
    ),
  );

  expect(named.length).toBeGreaterThan(60);
  const missing = named.filter((name) => !labels.some((label) => label.startsWith(name)));
  expect(new Set(missing)).toEqual(ELSEWHERE);
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

function withoutBlocks(file: string): string {
  return readFileSync(file, "utf8").replaceAll(/^ *```[^`]*```/gm, "");
}

function withoutCode(file: string): string {
  return withoutBlocks(file).replaceAll(/`[^`]*`/g, "");
}

function textsIn(messages: unknown): readonly string[] {
  if (typeof messages === "string") {
    return [messages];
  }
  return typeof messages === "object" && messages !== null
    ? Object.values(messages).flatMap(textsIn)
    : [];
}
