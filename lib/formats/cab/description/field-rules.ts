export const LONGEST_FIELD = 64;

/**
 * Whether a text can name hardware, a version or an update type. Every field becomes one part of the
 * addresses phones download from, so it may not change where such an address leads or hide in a line of text.
 */
export function isUsableField(text: string): boolean {
  return (
    text.length >= 1 &&
    text.length <= LONGEST_FIELD &&
    text === text.trim() &&
    !text.includes("..") &&
    text !== "." &&
    !/[/\\\p{C}\p{Zl}\p{Zp}]/u.test(text)
  );
}

/** The rule above in words, for forms and refusals. */
export const FIELD_RULE = `1 to ${LONGEST_FIELD} characters, no slash, no "..", no control characters`;

/**
 * Two to five numbers with dots between, as `4.0.7577.4387`, with the letters that vendors add: `5.4.0A`, `8.7.3.19-beta`,
 * `v5.9.0`, `5.4.0.10182 rts 7`.
 */
export function looksLikeVersion(text: string): boolean {
  return (
    text.length <= LONGEST_FIELD &&
    /^[vV]?\d{1,6}(?:\.\d{1,6}[A-Za-z]{0,8}){1,4}(?:[-+_ ][\w.+ -]+)?$/.test(text)
  );
}

/** The one dotted number of three parts or more in a text, where firmware of other vendors carries its version. */
export function findVersionIn(text: string): string | null {
  const [version, ...others] = text.match(/\d{1,6}(?:\.\d{1,6}){2,4}/g) ?? [];
  return version === undefined || others.length > 0 ? null : version;
}
