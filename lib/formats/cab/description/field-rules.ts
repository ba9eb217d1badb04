export const MAX_FIELD_CHARS = 64;

/**
 * Whether a text can name hardware, a version or an update type. Every field becomes one path part of download
 * URLs, so it must not change the path of the URL or contain invisible characters.
 */
export function isUsableField(text: string): boolean {
  return (
    text.length >= 1 &&
    text.length <= MAX_FIELD_CHARS &&
    text === text.trim() &&
    !text.includes("..") &&
    text !== "." &&
    !/[/\\\p{C}\p{Zl}\p{Zp}]/u.test(text)
  );
}

/** The same rule as text, for forms and error messages. */
export const FIELD_RULE = `1 to ${MAX_FIELD_CHARS} characters, no slash, no "..", no control characters`;

/**
 * Two to five numbers separated by dots, such as `4.0.7577.4387`, with the letters that vendors add: `5.4.0A`,
 * `8.7.3.19-beta`, `v5.9.0`, `5.4.0.10182 rts 7`.
 */
export function looksLikeVersion(text: string): boolean {
  return (
    text.length <= MAX_FIELD_CHARS &&
    /^[vV]?\d{1,6}(?:\.\d{1,6}[A-Za-z]{0,8}){1,4}(?:[-+_ ][\w.+ -]+)?$/.test(text)
  );
}

/** Finds the only dotted number of three or more parts in a text: the version in file names of other vendors. */
export function findVersionIn(text: string): string | null {
  const [version, ...others] = text.match(/\d{1,6}(?:\.\d{1,6}){2,4}/g) ?? [];
  return version === undefined || others.length > 0 ? null : version;
}
