import { isDeepStrictEqual } from "node:util";
import { createTranslator } from "use-intl/core";
import { expect, test } from "vitest";
import { LOCALES } from "#foundation/i18n/locales";
import type { Locale } from "#foundation/i18n/locales";
import { MESSAGES } from "#foundation/i18n/messages";
import { icuArguments } from "#foundation/i18n/testing/icu-arguments";
import { pluralCases, pluralCategories } from "#foundation/i18n/testing/plural-cases";
import { SAME_AS_ENGLISH } from "#foundation/i18n/testing/same-as-english";
import { TYPOGRAPHY } from "#foundation/i18n/testing/typography";

/** Messages by their full key: `table.noMatch.title`. */
function flatten(messages: unknown, path = ""): Map<string, string> {
  if (typeof messages === "string") {
    return new Map([[path, messages]]);
  }
  const entries = Object.entries(messages ?? {});
  return new Map(
    entries.flatMap(([key, value]) => [...flatten(value, path === "" ? key : `${path}.${key}`)]),
  );
}

const english = flatten(MESSAGES.en);
const translations = [
  ["fr", flatten(MESSAGES.fr)],
  ["de", flatten(MESSAGES.de)],
  ["es", flatten(MESSAGES.es)],
  ["ja", flatten(MESSAGES.ja)],
  ["ar", flatten(MESSAGES.ar)],
] as const satisfies readonly (readonly [Locale, unknown])[];

test("compares every language", () => {
  expect(["en", ...translations.map(([locale]) => locale)]).toEqual(LOCALES);
});

test.each(translations)("has the messages of English in %s", (_, messages) => {
  expect([...messages.keys()].toSorted()).toEqual([...english.keys()].toSorted());
});

test.each(translations)("uses the arguments of English in %s", (_, messages) => {
  const of = (texts: Map<string, string>) =>
    Object.fromEntries([...texts].map(([key, text]) => [key, icuArguments(text)]));
  expect(of(messages)).toEqual(of(english));
});

test.each(translations)("leaves no message in English in %s", (locale, messages) => {
  const same = SAME_AS_ENGLISH[locale];
  const untranslated = [...messages]
    .filter(([key, text]) => text === english.get(key) && hasWords(text) && !same.has(text))
    .map(([key, text]) => `${key}: ${text}`);
  expect(untranslated).toEqual([]);
});

test.each(translations)("lists no text as the same that is not, in %s", (locale, messages) => {
  const shared = [...messages].filter(([key, text]) => text === english.get(key));
  const texts = new Set(shared.map(([, text]) => text));
  const needless = [...SAME_AS_ENGLISH[locale]].filter((text) => !texts.has(text));
  expect(needless).toEqual([]);
});

/** Identifiers, numbers and bare placeholders need no translation. */
function hasWords(text: string): boolean {
  return /[a-z]{2}/u.test(text.replaceAll(/\{\w+(?:, number)?\}/gu, ""));
}

test.each([["en", english] as const, ...translations])(
  "has every plural of the language in %s",
  (locale, messages) => {
    const expected = pluralCategories(locale);
    const wrong = [...messages].filter(
      ([, text]) => !pluralCases(text).every((cases) => isDeepStrictEqual(cases, expected)),
    );
    expect(wrong).toEqual([]);
  },
);

test.each([["en", english] as const, ...translations])(
  "has the punctuation of the language in %s",
  (locale, messages) => {
    const mistakes = [...messages].flatMap(([key, text]) =>
      TYPOGRAPHY[locale].filter(({ isIn }) => isIn(text)).map(({ rule }) => `${key}: ${rule}`),
    );
    expect(mistakes).toEqual([]);
  },
);

test.each([["en", english] as const, ...translations])(
  "has no empty message in %s",
  (_, messages) => {
    expect([...messages].filter(([, text]) => text.trim() === "")).toEqual([]);
  },
);

test.each(LOCALES)("formats every message in %s", (locale) => {
  for (const [key, text] of flatten(MESSAGES[locale])) {
    const t = createTranslator<{ message: string }>({
      locale,
      messages: { message: text },
      onError: (error) => {
        throw new Error(`${key}: ${error.message}`);
      },
    });
    expect(t.markup("message", anyValues(text))).not.toBe("");
  }
});

type Value = string | number | ((chunks: string) => string);

/** A value for each argument of the text. */
function anyValues(text: string): Record<string, Value> {
  return Object.fromEntries(
    icuArguments(text).map((argument): [string, Value] => {
      const [name = "", type] = argument.split(":");
      if (name.startsWith("<")) {
        return [name.slice(1, -1), (chunks) => chunks];
      }
      return [name, type === undefined || type === "select" ? "x" : 2];
    }),
  );
}

test.each([
  ["Copy {what}", ["what"]],
  ["{from, number}–{to, number}", ["from:number", "to:number"]],
  ["{count, plural, one {# rule in {pool}} other {# rules}}", ["count:number", "pool"]],
  ["<code>{reference}</code>", ["<code>", "reference"]],
  ["nothing", []],
])("finds in %j the arguments %j", (message, expected) => {
  expect(icuArguments(message)).toEqual(expected);
});

test.each([
  [
    "{count, plural, =0 {none} one {# in {pool}} other {# of {size, plural, other {#}}}}",
    [["one", "other"], ["other"]],
  ],
  ["{count, plural, offset:1 =1 {a} one {b} other {c}}", [["one", "other"]]],
  ["{kind, select, one {1} other {2}}", []],
])("finds in %j the plurals %j", (message, expected) => {
  expect(pluralCases(message)).toEqual(expected);
});

test.each([
  ["en", ["one", "other"]],
  ["ja", ["other"]],
  ["ar", ["few", "many", "one", "other", "two", "zero"]],
] as const)("knows the plurals of %s", (locale, expected) => {
  expect(pluralCategories(locale)).toEqual(expected);
});

test.each([
  ["de", "„Regel”"],
  ["de", "Laden…"],
  ["es", "Aprobar?"],
  ["ja", "承認しますか?"],
  ["ja", "ルール を"],
  ["ar", "القواعد, التجمعات"],
  ["ar", "الإصدار {version}"],
  ["ar", "٣ هواتف"],
  ["ar", "مثل 2001:db8:4::/48"],
  ["ar", "المسار /RequestHandler"],
  ["fr", "Règle : prête"],
] as const)("finds the wrong punctuation of %s in %j", (locale, text) => {
  expect(TYPOGRAPHY[locale].some(({ isIn }) => isIn(text))).toBe(true);
});
