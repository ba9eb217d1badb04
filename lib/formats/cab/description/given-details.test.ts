import { expect, test } from "vitest";
import { givenDetailsList } from "#formats/cab/description/given-details";
import { someDetails } from "#formats/cab/description/testing/members";

test("accepts details for several images", () => {
  const details = [someDetails("a.ld"), someDetails("b/c.img", { model: "Téléphone 7" })];

  expect(givenDetailsList.parse(details)).toEqual(details);
});

test.each([
  ["a slash", { model: "CX/600" }],
  ["a backslash", { brand: "a\\b" }],
  ["a way up", { version: "..", model: "CX600" }],
  ["nothing", { revision: " " }],
  ["a control character", { locale: "EN\u0000U" }],
  ["a character that reverses the text", { model: "CX\u202E006" }],
  ["half a surrogate pair", { model: "CX\uD800" }],
  ["65 characters", { updateType: "x".repeat(65) }],
] as const)("refuses a field of %s", (_what, overrides) => {
  expect(givenDetailsList.safeParse([someDetails("a.ld", overrides)]).success).toBe(false);
});

test("refuses a misspelt field", () => {
  expect(givenDetailsList.safeParse([{ ...someDetails("a.ld"), modle: "CX600" }]).success).toBe(
    false,
  );
});
