import type { Locale } from "#foundation/i18n/locales";

type Mistake = { readonly rule: string; readonly isIn: (text: string) => boolean };

/** Mistakes that a search can find. They are the ones that translators make when they copy the English punctuation. */
export const TYPOGRAPHY: Readonly<Record<Locale, readonly Mistake[]>> = {
  en: [{ rule: "no « »", isIn: matches(/[«»]/u) }],
  fr: [{ rule: "no breaking space beside : ; ! ? « »", isIn: matches(/ [:;!?»]|« /u) }],
  de: [
    { rule: "„ and “ in pairs", isIn: isUneven("„", "“") },
    { rule: "no ” « »", isIn: matches(/[”«»]/u) },
    { rule: "a space before …", isIn: matches(/\p{L}…$/u) },
  ],
  es: [
    { rule: "¿ with every ?", isIn: isUneven("¿", "?") },
    { rule: "¡ with every !", isIn: isUneven("¡", "!") },
    { rule: "« » instead of “ ”", isIn: matches(/[“”]/u) },
  ],
  ja: [
    {
      rule: "wide punctuation after Japanese",
      isIn: matches(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー][,.;?!()]/u),
    },
    { rule: "「」 instead of “ ”", isIn: matches(/[“”]/u) },
    {
      rule: "no space between Japanese words",
      isIn: matches(
        /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー] [\p{Script=Han}\p{Script=Hiragana}]/u,
      ),
    },
  ],
  ar: [
    { rule: "، ؛ ؟ instead of , ; ?", isIn: matches(/[\p{Script=Arabic}»][,;?]/u) },
    { rule: "« » instead of “ ”", isIn: matches(/[“”]/u) },
    { rule: "Latin digits", isIn: matches(/[\u0660-\u0669\u06f0-\u06f9]/u) },
    { rule: "every value between U+2068 and U+2069", isIn: hasBareValue },
    { rule: "every address and path between U+2068 and U+2069", isIn: hasBareAddress },
  ],
};

function matches(pattern: RegExp): (text: string) => boolean {
  return (text) => pattern.test(text);
}

function isUneven(opening: string, closing: string): (text: string) => boolean {
  return (text) => text.split(opening).length !== text.split(closing).length;
}

/** A version or an address inside right-to-left text needs isolation. `<code>` has it by its style. */
function hasBareValue(text: string): boolean {
  const rest = text.replaceAll(/\u2068[^\u2068\u2069]*\u2069|<code>\{\w+\}<\/code>/gu, "");
  return /\{\w+\}|[\u2068\u2069]/u.test(rest);
}

/**
 * An address or path that begins or ends with a digit or a sign, which would go to the other side of its letters: 2001:db8
 * would be shown as db8:2001.
 */
function hasBareAddress(text: string): boolean {
  const rest = text.replaceAll(/\u2068[^\u2069]*\u2069|<[^>]*>/gu, "");
  return (
    /\p{Script=Arabic}/u.test(rest) &&
    /(?<![\w\u200e])(?:\d[\d.:;/-]*|[/._])[a-z]|[a-z]"/iu.test(rest)
  );
}
