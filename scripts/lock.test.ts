import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";

/** Heavy packages that dependencies name and nothing here needs (docs/decisions/0026-what-npm-start-installs.md). */
const LEFT_OUT = [
  "@electric-sql/pglite",
  "@playwright/test",
  "@prisma/studio-core",
  "effect",
  "geist",
  "lucide-react",
  "playwright-core",
  "prisma",
];
const REPLACED = ["@parcel/watcher", "@prisma/config", "@swc/core", "bare-fs", "sharp"];

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ name: z.string().optional(), dev: z.boolean().optional() }),
  ),
});

const { packages } = lockSchema.parse(JSON.parse(readFileSync("package-lock.json", "utf8")));
const installed = Object.entries(packages)
  .filter(([path, { dev }]) => path !== "" && dev !== true)
  .map(([path, { name }]) => ({ asName: path.replace(/^.*node_modules\//, ""), name }));

test("npm start does not install what only other commands of a dependency need", () => {
  expect(installed.filter(({ asName }) => LEFT_OUT.includes(asName))).toEqual([]);
});

test.each(REPLACED)("npm start installs an empty package instead of %s", (replaced) => {
  const names = installed.filter(({ asName }) => asName === replaced).map(({ name }) => name);

  expect(new Set(names)).toEqual(new Set(["server-only"]));
});
