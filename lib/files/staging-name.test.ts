import { expect, test } from "vitest";
import type { StagingWitness } from "#lib/files/staging-name";
import { isLeftover, toStagingName } from "#lib/files/staging-name";

const MINUTE_MS = 60_000;

const witness: StagingWitness = {
  self: { host: "updates01.contoso.com", pid: 7 },
  uptimeMs: 10 * MINUTE_MS,
  isRunning: (pid) => pid === 7 || pid === 8,
};

function aName(pid: number, host = "updates01.contoso.com"): string {
  return toStagingName("upload", { host, pid }, "0190a1b2");
}

test.each([
  ["of a process that runs", aName(8), MINUTE_MS, false],
  ["of a process that is gone", aName(9), MINUTE_MS, true],
  ["of this process", aName(7), MINUTE_MS, false],
  ["of an earlier process with the same id", aName(7), 11 * MINUTE_MS, true],
  ["of another machine", aName(9, "updates02"), MINUTE_MS, false],
  ["of another machine, not touched for a day", aName(9, "updates02"), 1441 * MINUTE_MS, true],
  ["with a name of another make", "notes.txt", MINUTE_MS, true],
] as const)("takes a file %s for a leftover: %s, %d ms old: %s", (_, name, ageMs, expected) => {
  expect(isLeftover(name, ageMs, witness)).toBe(expected);
});

test("makes names without separators of paths", () => {
  expect(toStagingName("work", { host: "../x/y", pid: 1 }, "id")).toBe("work.---x-y.1.id");
});
