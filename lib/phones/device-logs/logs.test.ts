import fc from "fast-check";
import { expect, test } from "vitest";
import { isCleanUpDue, nextCleanUp } from "#phones/device-logs/clean-up-time";
import { decideKind } from "#phones/device-logs/decide-kind";
import { logFileName } from "#phones/device-logs/log-file-name";
import { DEFAULT_LOG_SETTINGS, effectiveLogSettings } from "#phones/device-logs/model";
import { logSettings } from "#phones/device-logs/schema";
import { tokenBuckets } from "#phones/device-logs/token-buckets";

const AT = new Date("2026-11-22T08:09:10Z");

test("a stored name says phone, moment and type as the original's does", () => {
  const parts = {
    deviceType: "UCPhone",
    deviceId: "0004F2000176",
    at: AT,
    logType: "CELog",
    extension: ".clg",
  };
  expect(logFileName(parts, 1)).toBe("UCPhone_0004F2000176-20261122-CELOG080910_1.clg");
});

test("whatever a phone calls itself, the stored name is one plain name", () => {
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
])("type %j and name %s are kept as %s", (logType, givenName, kept) => {
  expect(decideKind({ logType, givenName }, DEFAULT_LOG_SETTINGS)).toMatchObject({ logType: kept });
});

test.each([
  ["", "x.txt"],
  ["Secrets", "x.txt"],
  ["CELog", "x.log"],
  ["CELog", "clg"],
  ["CELog", "x.clg/"],
])("type %j and name %s are refused", (logType, givenName) => {
  expect(decideKind({ logType, givenName }, DEFAULT_LOG_SETTINGS).kind).toBe("refused");
});

test("a clean-up is due once the hour has come, and at once after the start", () => {
  const at = (day: number, hour: number): Date => new Date(2026, 10, day, hour, 45);
  expect(isCleanUpDue(null, at(1, 0), "04:30")).toBe(true);
  expect(isCleanUpDue(at(1, 5), at(2, 3), "04:30")).toBe(false);
  expect(isCleanUpDue(at(1, 5), at(2, 4), "04:30")).toBe(true);
  expect(isCleanUpDue(at(2, 4), at(2, 23), "04:30")).toBe(false);
  expect(isCleanUpDue(at(1, 2), at(1, 3), null)).toBe(true);
  expect(nextCleanUp(at(30, 12), null)).toEqual(new Date(2026, 11, 1, 3, 0));
});

test("the settings of a site replace the global ones as a whole", () => {
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
])("settings with %j are refused", (wrong) => {
  expect(logSettings.safeParse({ ...DEFAULT_LOG_SETTINGS, ...wrong }).success).toBe(false);
});

test("the defaults are the original's and can be saved", () => {
  expect(logSettings.parse(DEFAULT_LOG_SETTINGS)).toEqual(DEFAULT_LOG_SETTINGS);
});

test("a bucket gives its burst, then one at a time, each caller for itself", () => {
  const buckets = tokenBuckets({ burst: 2, perMinute: 6, mostCallers: 10 });
  expect([0, 0, 0].map(() => buckets.take("a", 0))).toEqual([0, 0, 10]);
  expect(buckets.take("b", 0)).toBe(0);
  expect(buckets.take("a", 9_000)).toBe(1);
  expect(buckets.take("a", 10_000)).toBe(0);
});

test("only so many callers are remembered, those that came last", () => {
  const buckets = tokenBuckets({ burst: 1, perMinute: 1, mostCallers: 2 });
  for (const caller of ["a", "b", "c"]) {
    buckets.take(caller, 0);
  }
  expect(buckets.take("c", 0)).toBe(60);
  expect(buckets.take("a", 0)).toBe(0);
});
