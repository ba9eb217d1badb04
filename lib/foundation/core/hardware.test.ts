import { expect, test } from "vitest";
import { hardwareKey, imageKey, isSameHardware } from "#foundation/core/hardware";

const cx600 = {
  deviceType: "UCPhone",
  brand: "POLYCOM",
  model: "CX600",
  revision: "A",
  locale: "ENU",
};

test("treats POLYCOM and Polycom as the same hardware", () => {
  expect(isSameHardware(cx600, { ...cx600, brand: "Polycom" })).toBe(true);
});

test("treats another revision as other hardware", () => {
  expect(isSameHardware(cx600, { ...cx600, revision: "B" })).toBe(false);
});

test("adds the update type to distinguish images of the same hardware", () => {
  expect(imageKey(cx600, "CPE")).toBe(`${hardwareKey(cx600)}/cpe`);
});
