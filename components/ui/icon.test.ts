import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ICONS_VERSION } from "#components/ui/icon";

const shapes = readFileSync("public/icons.svg", "utf8");
const drawn = [...shapes.matchAll(/<path id="([\w-]+)"/g)].map(([, name]) => name ?? "");

test("every icon has a shape, and every shape is an icon", () => {
  const code = readFileSync("components/ui/icon.tsx", "utf8");
  const named = [...code.matchAll(/^ {2}\| "([\w-]+)"/gm)].map(([, name]) => name);

  expect(named.length).toBeGreaterThan(50);
  expect(named).toEqual(drawn.toSorted());
});

test("the panel shows every icon", () => {
  const code = globSync(["app/**/*.tsx", "components/**/*.tsx"])
    .filter((file) => !file.endsWith("ui/icon.tsx"))
    .map((file) => readFileSync(file, "utf8"))
    .join("\n");

  expect(drawn.filter((name) => !code.includes(`"${name}"`))).toEqual([]);
});

test("the version is that of the file, so that browsers load a new one", () => {
  const digest = createHash("sha256").update(shapes).digest("hex");
  expect(digest.startsWith(ICONS_VERSION)).toBe(true);
});
