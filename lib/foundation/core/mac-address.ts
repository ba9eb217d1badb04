import { isIdentifyingMacAddress } from "#foundation/core/identifying";

const PAIRS = /^[0-9a-f]{2}(?:([-:]?)[0-9a-f]{2})(?:\1[0-9a-f]{2}){4,}$/i;
/** Longer than any link-layer address in use. Only limits the size of stored values. */
const MAX_HEX_DIGITS = 32;
const SEPARATORS = /[-:. ]/g;

/**
 * A MAC address as upper-case hex digits; null for other text. Accepts six or more pairs, joined or separated by `-` or
 * `:` throughout, like the original's `New-CsTestDevice`.
 */
export function normaliseMacAddress(text: string): string | null {
  const trimmed = text.trim();
  if (!PAIRS.test(trimmed)) {
    return null;
  }
  const digits = trimmed.replaceAll(/[-:]/g, "").toUpperCase();
  return digits.length <= MAX_HEX_DIGITS ? digits : null;
}

/**
 * Parses the MAC address that a phone sends, with any of the usual separators, also in the three groups of four digits of
 * some network equipment. Null for other text, and for an address that does not identify one phone.
 */
export function readMacAddress(text: string): string | null {
  const digits = normaliseMacAddress(text.replaceAll(SEPARATORS, ""));
  return digits !== null && isIdentifyingMacAddress(digits) ? digits : null;
}

/** Whether text is a MAC address in any notation of phones, even if it does not identify one phone. */
export function isMacAddress(text: string): boolean {
  return normaliseMacAddress(text.replaceAll(SEPARATORS, "")) !== null;
}

/** Formats `0004F2000176` as `00-04-F2-00-01-76`, like the original's reports. */
export function formatMacAddress(digits: string): string {
  return digits.match(/../g)?.join("-") ?? digits;
}
