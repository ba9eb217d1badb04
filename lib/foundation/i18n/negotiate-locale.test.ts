import { expect, test } from "vitest";
import { negotiateLocale } from "#foundation/i18n/negotiate-locale";

test.each([
  ["the choice wins over the browser", "fr", "en", "fr"],
  ["a region counts as its language", undefined, "fr-CA", "fr"],
  ["the order of the header decides between equals", undefined, "fr,en", "fr"],
  ["weights decide before order", undefined, "en;q=0.5, fr;q=0.9", "fr"],
  ["unknown languages are passed over", undefined, "de, it;q=0.9, fr;q=0.1", "fr"],
  ["a weight of zero is a refusal", undefined, "fr;q=0", "en"],
  ["nothing asked for is English", undefined, null, "en"],
  ["an unknown choice does not count", "tlh", "fr", "fr"],
  ["nonsense is not an error", undefined, ";;q=x,,-,*;q=", "en"],
] as const)("%s", (...[, chosen, header, expected]) => {
  expect(negotiateLocale(chosen, header)).toBe(expected);
});
