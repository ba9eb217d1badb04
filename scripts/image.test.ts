import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { PANEL_SOURCES, SUPERVISOR_YOUNG_MIB, runtimeArguments } from "./lib/prepare.mjs";

/** What can be said of deploy/ without building the image. docs/operations.md says how the image was tried. */

const dockerfile = readFileSync("deploy/Dockerfile", "utf8").replaceAll("\\\n", " ");
const [build = ""] = dockerfile.split(/^FROM (?!.* AS build$)/m);

/** The paths that the image is built from. */
const copied = [...build.matchAll(/^COPY (.*) \S+$/gm)].flatMap(([, from = ""]) => from.split(" "));

/** The packages that are removed from the image, as patterns. */
const removed = (/ rm -rf (.*?) && /.exec(build)?.[1] ?? "")
  .split(/\s+/)
  .filter((name) => name !== "" && !name.startsWith(".") && !name.includes("/dist/"));

const server = runtimeArguments("server.ts", SUPERVISOR_YOUNG_MIB);

test("the image is built from everything that the panel is built from", () => {
  const isCopied = (source: string): boolean =>
    copied.some((path) => source === path || source.startsWith(`${path}/`));

  expect(PANEL_SOURCES.filter((source) => !isCopied(source))).toEqual([]);
});

test("image and systemd start the server as npm start does", () => {
  const command: unknown = JSON.parse(/^CMD (.*)$/m.exec(dockerfile)?.[1] ?? "");
  const unit = /^ExecStart=\S+ (.*)$/m.exec(readFileSync("deploy/ucupdates.service", "utf8"))?.[1];

  expect(command).toEqual(["node", ...server]);
  expect(unit).toBe(server.join(" "));
});

test("the image lacks only packages that would be installed and that the server does not load", () => {
  const code = globSync("lib/**/*.ts", { exclude: ["**/*.test.ts", "**/testing/**"] })
    .map((path) => readFileSync(path, "utf8"))
    .join("\n");
  const lock = readFileSync("package-lock.json", "utf8");
  const isLocked = (name: string): boolean =>
    new RegExp(`"node_modules/${name.replace("*", '[^/"]*')}["/]`).test(lock);
  const loads = (name: string): boolean =>
    new RegExp(`^(?!import type ).*["']${name.replace("*", "[^/]*")}["'/]`, "m").test(code);

  expect(removed.length).toBeGreaterThan(10);
  expect(removed.filter((name) => !isLocked(name))).toEqual([]);
  expect(removed.filter(loads)).toEqual([]);
});
