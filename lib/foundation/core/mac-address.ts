import { isIdentifyingMacAddress } from "#foundation/core/identifying";

const PAIRS = /^[0-9a-f]{2}(?:([-:]?)[0-9a-f]{2})(?:\1[0-9a-f]{2}){4,}$/i;
/** Longer than any link-layer address in use; only bounds what is stored. */
const MOST_HEX_DIGITS = 32;
const SEPARATORS = /[-:. ]/g;

/**
 * A MAC address as upper-case hex digits; null if it is none. At least six pairs, joined or separated
 * by `-` or `:` throughout, as the original's `New-CsTestDevice` takes them.
 */
export function normaliseMacAddress(text: string): string | null {
  const trimmed = text.trim();
  if (!PAIRS.test(trimmed)) {
    return null;
  }
  const digits = trimmed.replaceAll(/[-:]/g, "").toUpperCase();
  return digits.length <= MOST_HEX_DIGITS ? digits : null;
}

/**
 * The MAC address by which a phone is known: what phones send, with any of the usual separators, also the three groups
 * of four digits of some network equipment. Null for text that is no address, and for an address that identifies no
 * phone.
 */
export function readMacAddress(text: string): string | null {
  const digits = normaliseMacAddress(text.replaceAll(SEPARATORS, ""));
  return digits !== null && isIdentifyingMacAddress(digits) ? digits : null;
}

/** Whether text is a MAC address in any notation of phones, whatever it identifies. */
export function isMacAddress(text: string): boolean {
  return normaliseMacAddress(text.replaceAll(SEPARATORS, "")) !== null;
}

/** `0004F2000176` as `00-04-F2-00-01-76`, the way the original's reports print it. */
export function formatMacAddress(digits: string): string {
  return digits.match(/../g)?.join("-") ?? digits;
}
