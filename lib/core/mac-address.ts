const PAIRS = /^[0-9a-f]{2}(?:([-:]?)[0-9a-f]{2})(?:\1[0-9a-f]{2}){4,}$/i;
/** Longer than any link-layer address in use; only bounds what is stored. */
const MOST_HEX_DIGITS = 32;

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
 * The same for what phones send, which is none of their users' choice: any of the usual separators, also
 * the three groups of four digits of some network equipment.
 */
export function readMacAddress(text: string): string | null {
  return normaliseMacAddress(text.replaceAll(/[-:. ]/g, ""));
}

/** `0004F2000176` as `00-04-F2-00-01-76`, the way the original's reports print it. */
export function formatMacAddress(digits: string): string {
  return digits.match(/../g)?.join("-") ?? digits;
}
