import fc from "fast-check";
import { expect, test } from "vitest";
import { isCleanUpDue, nextCleanUp } from "#phones/device-logs/clean-up-time";
import { decideKind } from "#phones/device-logs/decide-kind";
import { logFileName } from "#phones/device-logs/log-file-name";
import { DEFAULT_LOG_SETTINGS, effectiveLogSettings } from "#phones/device-logs/model";
import { logSettings } from "#phones/device-logs/schema";
import { tokenBuckets } from "#phones/device-logs/token-buckets";

const AT = new Date("2026-11-22T08:09:10Z");

test("names a stored log by phone, time and type, like the original", () => {
  const parts = {
    deviceType: "UCPhone",
    deviceId: "0004F2000176",
    at: AT,
    logType: "CELog",
    extension: ".clg",
  };
  expect(logFileName(parts, 1)).toBe("UCPhone_0004F2000176-20261122-CELOG080910_1.clg");
});

test("returns a safe file name for every text that a phone sends", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (deviceType, deviceId) => {
      const parts = { deviceType, deviceId, at: AT, logType: "CELog", extension: ".clg" };
      expect(logFileName(parts, 0)).toMatch(/^[A-Za-z0-9_]+-20261122-CELOG080910_0\.clg$/);
    }),
  );
});

test.each([
  ["celog", "x.CLG", "CELog"],
  ["", "x.clg", "CELog"],
  ["", "x.kdmp", "Watson"],
  ["Config", "C:\\x.y.xml", "Config"],
])("stores type %j and name %s as %s", (logType, givenName, kept) => {
  expect(decideKind({ logType, givenName }, DEFAULT_LOG_SETTINGS)).toMatchObject({ logType: kept });
});

test.each([
  ["", "x.txt"],
  ["Secrets", "x.txt"],
  ["CELog", "x.log"],
  ["CELog", "clg"],
  ["CELog", "x.clg/"],
])("refuses type %j and name %s", (logType, givenName) => {
  expect(decideKind({ logType, givenName }, DEFAULT_LOG_SETTINGS).kind).toBe("refused");
});

test("makes a clean-up due at its time of day, and at once after the start", () => {
  const at = (day: number, hour: number): Date => new Date(2026, 10, day, hour, 45);
  expect(isCleanUpDue(null, at(1, 0), "04:30")).toBe(true);
  expect(isCleanUpDue(at(1, 5), at(2, 3), "04:30")).toBe(false);
  expect(isCleanUpDue(at(1, 5), at(2, 4), "04:30")).toBe(true);
  expect(isCleanUpDue(at(2, 4), at(2, 23), "04:30")).toBe(false);
  expect(isCleanUpDue(at(1, 2), at(1, 3), null)).toBe(true);
  expect(nextCleanUp(at(30, 12), null)).toEqual(new Date(2026, 11, 1, 3, 0));
});

test("replaces the global settings completely by those of a site", () => {
  const own = { ...DEFAULT_LOG_SETTINGS, cleanUpIntervalDays: 30 };
  const stored = [{ siteId: "s1", siteName: "Redmond", settings: own, changed: null }];
  expect(effectiveLogSettings(stored, "s1")).toBe(own);
  expect(effectiveLogSettings(stored, "s2")).toBe(DEFAULT_LOG_SETTINGS);
  expect(effectiveLogSettings(stored, null)).toBe(DEFAULT_LOG_SETTINGS);
});

test.each([
  [{ cleanUpIntervalDays: 0 }],
  [{ cleanUpIntervalDays: 366 }],
  [{ flushIntervalSeconds: 59 }],
  [{ flushIntervalSeconds: 3601 }],
  [{ cleanUpTimeOfDay: "24:00" }],
  [{ validTypes: ["../up"] }],
  [{ validTypes: ["CELog", "celog"] }],
  [{ validExtensions: ["clg"] }],
  [{ unknown: 1 }],
])("refuses settings with %j", (wrong) => {
  expect(logSettings.safeParse({ ...DEFAULT_LOG_SETTINGS, ...wrong }).success).toBe(false);
});

test("accepts the default settings of the original", () => {
  expect(logSettings.parse(DEFAULT_LOG_SETTINGS)).toEqual(DEFAULT_LOG_SETTINGS);
});

test("grants the burst, then one token at a time, for each caller separately", () => {
  const buckets = tokenBuckets({ burst: 2, perMinute: 6, mostCallers: 10 });
  expect([0, 0, 0].map(() => buckets.take("a", 0))).toEqual([0, 0, 10]);
  expect(buckets.take("b", 0)).toBe(0);
  expect(buckets.take("a", 9_000)).toBe(1);
  expect(buckets.take("a", 10_000)).toBe(0);
});

test("keeps the most recent callers, up to the limit", () => {
  const buckets = tokenBuckets({ burst: 1, perMinute: 1, mostCallers: 2 });
  for (const caller of ["a", "b", "c"]) {
    buckets.take(caller, 0);
  }
  expect(buckets.take("c", 0)).toBe(60);
  expect(buckets.take("a", 0)).toBe(0);
});
