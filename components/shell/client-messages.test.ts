import { globSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { clientNamespaces } from "#components/shell/testing/client-namespaces";

const ROOT = join(import.meta.dirname, "../..");
const files = (name: string) => globSync(`app/**/${name}.tsx`, { cwd: ROOT }).toSorted();

/** What the layouts around a file send to the browser. */
function inherited(file: string): string[] {
  const layouts = files("layout").filter((layout) => file.startsWith(`${dirname(layout)}/`));
  return layouts.flatMap((layout) => [...clientNamespaces(layout).sent]);
}

function covers(sent: string, used: string): boolean {
  return used === sent || used.startsWith(`${sent}.`);
}

/** The namespaces that neither the file nor a layout around it sends. */
function missing(file: string): string[] {
  const { used, sent } = clientNamespaces(file);
  const all = [...sent, ...inherited(file)];
  return [...used].filter((name) => !all.some((known) => covers(known, name))).toSorted();
}

describe("messages for the browser", () => {
  test.each(files("page"))("%s sends what its client components use", (page) => {
    expect(missing(page), `add these to withMessages(…) or streamed(…) of ${page}`).toEqual([]);
  });

  test.each(files("page"))("%s sends nothing that its client components do not use", (page) => {
    const { used, sent } = clientNamespaces(page);
    const unused = [...sent].filter((name) => ![...used].some((needed) => covers(name, needed)));
    expect(unused, `remove these from withMessages(…) or streamed(…) of ${page}`).toEqual([]);
  });

  test.each(files("page"))("%s replaces no namespace of a layout by a part of it", (page) => {
    const first = (name: string) => name.replace(/\..*$/u, "");
    const ofLayouts = new Set(inherited(page).map(first));
    expect([...clientNamespaces(page).sent].filter((name) => ofLayouts.has(first(name)))).toEqual(
      [],
    );
  });

  test.each([...files("layout"), ...files("error"), ...files("not-found")])(
    "the layouts around %s send what its client components use",
    (file) => {
      expect(missing(file)).toEqual([]);
    },
  );

  test("sees tables, dialogs and a page that several pages share", () => {
    const { used, sent } = clientNamespaces("app/(panel)/updates/pending/page.tsx");
    expect([...used]).toEqual(expect.arrayContaining(["table", "updates.review", "common"]));
    expect([...sent]).toEqual(expect.arrayContaining(["updates", "imports.dialog"]));
  });
});
