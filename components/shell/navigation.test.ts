import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { NAVIGATION_PATHS, SIDEBAR_ENTRIES, isWithin } from "#components/shell/navigation";

const panel = fileURLToPath(new URL("../../app/(panel)", import.meta.url));

test.each(Object.entries(NAVIGATION_PATHS))(
  "the entry %s links to an existing page, %s",
  (_name, path) => {
    expect(existsSync(`${panel}${path}/page.tsx`)).toBe(true);
  },
);

test("exactly one sidebar entry is current on every page of the navigation", () => {
  for (const path of Object.values(NAVIGATION_PATHS)) {
    expect(SIDEBAR_ENTRIES.filter(({ section }) => isWithin(path, section))).toHaveLength(1);
  }
});

test("an entry is current on its own page and on pages below it only", () => {
  expect(isWithin("/devices", "/devices")).toBe(true);
  expect(isWithin("/devices/42", "/devices")).toBe(true);
  expect(isWithin("/devices-of-old", "/devices")).toBe(false);
});
