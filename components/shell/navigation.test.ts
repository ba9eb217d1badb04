import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { NAVIGATION_PATHS, SIDEBAR_ENTRIES, isWithin } from "#components/shell/navigation";

const panel = fileURLToPath(new URL("../../app/(panel)", import.meta.url));

test.each(Object.entries(NAVIGATION_PATHS))(
  "the entry %s leads to a page that exists, %s",
  (_name, path) => {
    expect(existsSync(`${panel}${path}/page.tsx`)).toBe(true);
  },
);

test("on every page that can be gone to, exactly one entry of the sidebar is current", () => {
  for (const path of Object.values(NAVIGATION_PATHS)) {
    expect(SIDEBAR_ENTRIES.filter(({ section }) => isWithin(path, section))).toHaveLength(1);
  }
});

test("an entry is current on its own page and below, but not beside it", () => {
  expect(isWithin("/devices", "/devices")).toBe(true);
  expect(isWithin("/devices/42", "/devices")).toBe(true);
  expect(isWithin("/devices-of-old", "/devices")).toBe(false);
});
