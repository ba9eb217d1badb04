import { expect, test } from "vitest";
import { toBoundText, toShownBound } from "#components/check-log/time-bounds";
import { setTimeZone } from "#foundation/core/testing/time-zone";
import { HOUR_MS, toTimeRange } from "#foundation/core/time";

test("a day without times covers the whole day in the user's time zone", () => {
  const day = { day: "2026-11-26", time: "" };
  const { from, before } = toTimeRange(
    toBoundText("from", day) ?? "",
    toBoundText("to", day) ?? "",
  );
  expect(from).toEqual(new Date(2026, 10, 26));
  expect(before).toEqual(new Date(2026, 10, 27));
});

test.each([
  { day: "2026-11-26", time: "" },
  { day: "2026-11-26", time: "09:05" },
  { day: "2026-12-31", time: "" },
])("what was chosen is shown again: %j", (shown) => {
  for (const bound of ["from", "to"] as const) {
    expect(toShownBound(bound, toBoundText(bound, shown) ?? "")).toEqual(shown);
  }
});

test.each(["", "yesterday", "2026-99-99"])("ignores %j in the URL", (text) => {
  expect(toShownBound("from", text)).toEqual({ day: "", time: "" });
  expect(toShownBound("to", text)).toEqual({ day: "", time: "" });
});

test("an empty day removes the bound", () => {
  expect(toBoundText("from", { day: "", time: "09:00" })).toBeNull();
});

test.each([
  ["Europe/Berlin", "2026-10-25", 25],
  ["Europe/Berlin", "2026-03-29", 23],
  ["America/New_York", "2026-11-01", 25],
  ["Australia/Lord_Howe", "2026-04-05", 24.5],
  ["Australia/Lord_Howe", "2026-10-04", 23.5],
  // The clock changes at midnight, the second time on the following day.
  ["America/Santiago", "2026-09-06", 23],
  ["America/Santiago", "2026-09-05", 24],
  ["America/Santiago", "2026-04-04", 25],
])("in %s, the day %s has %d hours, and is shown as chosen", (zone, day, hours) => {
  setTimeZone(zone);
  const chosen = { day, time: "" };
  const [from, to] = [toBoundText("from", chosen) ?? "", toBoundText("to", chosen) ?? ""];

  expect((Date.parse(to) - Date.parse(from)) / HOUR_MS).toBe(hours);
  expect(toShownBound("from", from)).toEqual(chosen);
  expect(toShownBound("to", to)).toEqual(chosen);
});
