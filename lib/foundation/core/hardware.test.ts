import { expect, test } from "vitest";
import { hardwareKey, imageKey, isSameHardware } from "#foundation/core/hardware";

const cx600 = {
  deviceType: "UCPhone",
  brand: "POLYCOM",
  model: "CX600",
  revision: "A",
  locale: "ENU",
};

test("takes POLYCOM and Polycom for the same phone", () => {
  expect(isSameHardware(cx600, { ...cx600, brand: "Polycom" })).toBe(true);
});

test("takes another revision for another phone", () => {
  expect(isSameHardware(cx600, { ...cx600, revision: "B" })).toBe(false);
});

test("adds the update type to tell images of one phone apart", () => {
  expect(imageKey(cx600, "CPE")).toBe(`${hardwareKey(cx600)}/cpe`);
});
