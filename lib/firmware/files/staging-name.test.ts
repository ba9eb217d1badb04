import { expect, test } from "vitest";
import type { StagingWitness } from "#firmware/files/staging-name";
import { isLeftover, toStagingName } from "#firmware/files/staging-name";

const MINUTE_MS = 60_000;

const witness: StagingWitness = {
  self: { host: "updates01.contoso.com", pid: 7 },
  uptimeMs: 10 * MINUTE_MS,
  isRunning: (pid) => pid === 7 || pid === 8,
};

function aName(pid: number, host = "updates01.contoso.com"): string {
  return toStagingName("upload", { host, pid }, "0190a1b2");
}

function aWorkName(pid: number, host = "updates01.contoso.com"): string {
  return toStagingName("work", { host, pid }, "0190a1b2");
}

test.each([
  ["of a process that runs", aName(8), { ageMs: MINUTE_MS, isLeft: false }],
  ["of a process that is gone", aName(9), { ageMs: MINUTE_MS, isLeft: true }],
  ["of this process", aName(7), { ageMs: MINUTE_MS, isLeft: false }],
  ["of an earlier process with the same id", aName(7), { ageMs: 11 * MINUTE_MS, isLeft: true }],
  ["of another machine", aName(9, "updates02"), { ageMs: MINUTE_MS, isLeft: false }],
  [
    "of another machine that did not grow for 30 minutes",
    aName(9, "updates02"),
    { ageMs: 31 * MINUTE_MS, isLeft: true },
  ],
  [
    "of a process id that was reused by another program",
    aName(8),
    { ageMs: 31 * MINUTE_MS, isLeft: true },
  ],
  ["that a running process unpacks into", aWorkName(8), { ageMs: 31 * MINUTE_MS, isLeft: false }],
  [
    "that another machine unpacks into",
    aWorkName(9, "updates02"),
    { ageMs: 31 * MINUTE_MS, isLeft: false },
  ],
  [
    "that another machine unpacked into a day ago",
    aWorkName(9, "updates02"),
    { ageMs: 1441 * MINUTE_MS, isLeft: true },
  ],
  ["with an unknown form of name", "notes.txt", { ageMs: MINUTE_MS, isLeft: true }],
] as const)("decides whether a file %s is a leftover", (_, name, { ageMs, isLeft }) => {
  expect(isLeftover(name, { ageMs }, witness)).toBe(isLeft);
});

test("creates names without path separators", () => {
  expect(toStagingName("work", { host: "../x/y", pid: 1 }, "id")).toBe("work.---x-y.1.id");
});
