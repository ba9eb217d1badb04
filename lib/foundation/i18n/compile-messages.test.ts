import { expect, test } from "vitest";
import { compileMessages } from "#foundation/i18n/compile-messages";
import formatMessage from "#foundation/i18n/format-message";
import { LOCALES } from "#foundation/i18n/locales";
import { MESSAGES } from "#foundation/i18n/messages";

function format(message: unknown, values: Record<string, number | string>): unknown {
  const formatters = {
    getNumberFormat: (...args: ConstructorParameters<typeof Intl.NumberFormat>) =>
      new Intl.NumberFormat(...args),
    getPluralRules: (...args: ConstructorParameters<typeof Intl.PluralRules>) =>
      new Intl.PluralRules(...args),
  };
  return Reflect.apply(formatMessage, null, ["key", message, values, { formatters, locale: "en" }]);
}

test("leaves plain texts as they are and compiles the others", () => {
  const { plain, count } = compileMessages({
    plain: "Phones",
    count: "{count, plural, one {# phone} other {# phones}}",
  });
  expect(plain).toBe("Phones");
  // React refuses to send an object without a prototype to the browser.
  const forms = Object.values(Object.values(count ?? {})[0] ?? {})[2];
  expect(typeof forms === "object" ? Reflect.getPrototypeOf(forms) : forms).toBe(Object.prototype);
  expect(format(count, { count: 2_000 })).toBe("2,000 phones");
});

test("formats source and compiled text in the same way, also with quoted braces", () => {
  const source = "Use '{name}' for {name}; don''t guess.";
  const { text } = compileMessages({ text: source });
  expect(format(source, { name: "A" })).toBe("Use {name} for A; don't guess.");
  expect(format(text, { name: "A" })).toBe("Use {name} for A; don't guess.");
  const { quoted } = compileMessages({ quoted: "Only '{name}'." });
  expect(format(quoted, {})).toBe("Only {name}.");
});

test.each(LOCALES)("compiles every message in %s", (locale) => {
  expect(() => compileMessages(MESSAGES[locale])).not.toThrow();
});
