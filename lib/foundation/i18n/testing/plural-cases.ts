import type { Locale } from "#foundation/i18n/locales";

/** The plural categories of whole numbers: `one` and `other` in English, six in Arabic, only `other` in Japanese. */
export function pluralCategories(locale: Locale): readonly string[] {
  const rules = new Intl.PluralRules(locale);
  const numbers = Array.from({ length: 201 }, (_, number) => number);
  return [...new Set(numbers.map((number) => rules.select(number)))].toSorted();
}

/** The cases of each plural in a message, without exact ones such as `=0`: [["one", "other"]]. */
export function pluralCases(message: string): readonly (readonly string[])[] {
  return [...message.matchAll(/\{\w+, plural,/gu)].map(({ index, 0: start }) =>
    caseNames(message.slice(index + start.length)),
  );
}

/** The words before the braces of the first level, until the plural ends. */
function caseNames(text: string): string[] {
  const names: string[] = [];
  let depth = 0;
  let word = "";
  for (const character of text) {
    if (character === "{") {
      const name = word.replace(/offset:\d+/u, "").trim();
      if (depth === 0 && !name.startsWith("=")) {
        names.push(name);
      }
      depth += 1;
    } else if (character === "}") {
      depth -= 1;
      word = "";
    } else if (depth === 0) {
      word += character;
    }
    if (depth < 0) {
      break;
    }
  }
  return names.toSorted();
}
