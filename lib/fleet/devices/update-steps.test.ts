import { expect, test } from "vitest";
import type { DeviceUpdate } from "#fleet/devices/model";
import { toUpdateSteps } from "#fleet/devices/update-steps";

function minute(count: number): Date {
  return new Date(Date.parse("2026-11-22T08:00:00Z") + count * 60_000);
}

function anUpdate(overrides: Partial<DeviceUpdate> = {}): DeviceUpdate {
  return {
    updateType: "CPE",
    version: "2.0",
    fromVersion: "1.0",
    offeredAt: minute(0),
    startedAt: minute(1),
    downloadedAt: minute(3),
    bootedAt: null,
    runningAt: null,
    lostAt: null,
    lastDownloadedAt: null,
    otherVersion: null,
    otherVersionAt: null,
    attempts: 0,
    attemptedAt: null,
    state: "downloaded",
    fellBackAt: null,
    ...overrides,
  };
}

const LAST_SEEN = minute(90);
const BOOTED = minute(9);
const RAN = minute(10);
const LOST = minute(20);

test.each([
  ["offered", anUpdate({ startedAt: null, downloadedAt: null })],
  ["offered started", anUpdate({ downloadedAt: null, bootedAt: minute(2) })],
  ["offered started downloaded", anUpdate({ bootedAt: minute(2) })],
  ["offered started downloaded running", anUpdate({ runningAt: RAN })],
  ["offered started downloaded booted_old", anUpdate({ bootedAt: BOOTED, fellBackAt: BOOTED })],
  ["offered started downloaded still_old", anUpdate({ fellBackAt: LAST_SEEN })],
  [
    "offered started downloaded booted_old running",
    anUpdate({ bootedAt: BOOTED, runningAt: RAN, state: "running" }),
  ],
  [
    "offered started downloaded running lost",
    anUpdate({ runningAt: RAN, lostAt: LOST, fellBackAt: LOST }),
  ],
  ["offered started downloaded silent", anUpdate({ state: "never_came_back" })],
] as const)("lists the steps %s", (steps, update) => {
  expect(
    toUpdateSteps(update, LAST_SEEN)
      .map(({ step }) => step)
      .join(" "),
  ).toBe(steps);
});
