import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ICONS_VERSION } from "#components/ui/icons";

const shapes = readFileSync("public/icons.svg", "utf8");
const code = readFileSync("components/ui/icons.tsx", "utf8");

test("every icon has a shape, and every shape an icon", () => {
  const drawn = [...shapes.matchAll(/<path id="([\w-]+)"/g)].map(([, name]) => name);
  const used = [...code.matchAll(/= (?:icon|directedIcon)\("([\w-]+)"\)/g)].map(([, name]) => name);

  expect(used.length).toBeGreaterThan(50);
  expect(new Set(used)).toEqual(new Set(drawn));
  expect(new Set(used).size).toBe(used.length);
});

test("the version is that of the file, so that browsers load a new one", () => {
  const digest = createHash("sha256").update(shapes).digest("hex");
  expect(digest.startsWith(ICONS_VERSION)).toBe(true);
});
