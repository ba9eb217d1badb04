import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import {
  NAVIGATION_GROUPS,
  NAVIGATION_PATHS,
  PAGES_BY_GROUP,
  SIDEBAR_ENTRIES,
  findCurrentEntry,
} from "#components/shell/navigation";

const panel = fileURLToPath(new URL("../../app/(panel)", import.meta.url));
const entries = NAVIGATION_GROUPS.flatMap((group) => SIDEBAR_ENTRIES[group]);

test.each(Object.entries(NAVIGATION_PATHS))(
  "the entry %s links to an existing page, %s",
  (_name, path) => {
    expect(existsSync(`${panel}${path}/page.tsx`)).toBe(true);
  },
);

test("the command palette lists every page once", () => {
  const listed = NAVIGATION_GROUPS.flatMap((group): readonly string[] => PAGES_BY_GROUP[group]);

  expect(listed.toSorted()).toEqual(Object.keys(NAVIGATION_PATHS).toSorted());
});

test.each([
  ["/updates/pending", "updates"],
  ["/updates/approved", "updates"],
  ["/updates/imports", "imports"],
  ["/updates/imports/42", "imports"],
  ["/settings/dialect", "settings"],
  ["/devices/42", "devices"],
  ["/devices-of-old", undefined],
])("on the page %s the entry %s is current", (path, name) => {
  expect(findCurrentEntry(path)?.name).toBe(name);
});

test("an entry is current on its own page", () => {
  expect(entries.map(({ href }) => findCurrentEntry(href)?.href)).toEqual(
    entries.map(({ href }) => href),
  );
});
