import { createTranslator } from "use-intl/core";
import { expect, test } from "vitest";
import { LOCALES } from "#foundation/i18n/locales";
import { MESSAGES } from "#foundation/i18n/messages";
import { icuArguments } from "#foundation/i18n/testing/icu-arguments";
import { SAME_IN_FRENCH } from "#foundation/i18n/testing/same-in-french";

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
const french = flatten(MESSAGES.fr);

test("has the same messages in both languages", () => {
  expect([...french.keys()].toSorted()).toEqual([...english.keys()].toSorted());
});

test("uses the same arguments in both languages", () => {
  const of = (messages: Map<string, string>) =>
    Object.fromEntries([...messages].map(([key, text]) => [key, icuArguments(text)]));
  expect(of(french)).toEqual(of(english));
});

test("leaves no message untranslated", () => {
  const untranslated = [...french]
    .filter(
      ([key, text]) => text === english.get(key) && hasWords(text) && !SAME_IN_FRENCH.has(text),
    )
    .map(([key, text]) => `${key}: ${text}`);
  expect(untranslated).toEqual([]);
});

/** Identifiers, numbers and bare placeholders need no translation. */
function hasWords(text: string): boolean {
  return /[a-z]{2}/u.test(text.replaceAll(/\{\w+\}/gu, ""));
}

test("has no breaking space beside French punctuation", () => {
  const torn = [...french].filter(([, text]) => / [:;!?»]|« /u.test(text)).map(([key]) => key);
  expect(torn).toEqual([]);
});

test("has no empty message", () => {
  expect([...english, ...french].filter(([, text]) => text.trim() === "")).toEqual([]);
});

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
