import { expect, test } from "vitest";
import { toBoundText, toShownBound } from "#components/check-log/time-bounds";
import { toTimeRange } from "#foundation/core/time";

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
