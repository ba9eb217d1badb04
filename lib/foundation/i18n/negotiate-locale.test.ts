import { expect, test } from "vitest";
import { negotiateLocale } from "#foundation/i18n/negotiate-locale";

test.each([
  ["prefers the user's choice over the browser", "fr", "en", "fr"],
  ["ignores the region", undefined, "fr-CA", "fr"],
  ["uses the order of the header for equal weights", undefined, "fr,en", "fr"],
  ["prefers weights over the order", undefined, "en;q=0.5, fr;q=0.9", "fr"],
  ["skips unknown languages", undefined, "nl, it;q=0.9, fr;q=0.1", "fr"],
  ["finds German", undefined, "de-CH, fr-CH;q=0.9", "de"],
  ["finds Spanish", undefined, "es-419,es;q=0.9", "es"],
  ["finds Japanese", undefined, "ja", "ja"],
  ["finds Arabic", undefined, "ar-EG,en;q=0.5", "ar"],
  ["ignores a language with weight zero", undefined, "fr;q=0", "en"],
  ["uses English without a header", undefined, null, "en"],
  ["ignores an unknown choice", "tlh", "fr", "fr"],
  ["uses English for a malformed header", undefined, ";;q=x,,-,*;q=", "en"],
] as const)("%s", (...[, chosen, header, expected]) => {
  expect(negotiateLocale(chosen, header)).toBe(expected);
});
