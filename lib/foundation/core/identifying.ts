/**
 * Which MAC addresses and serial numbers identify one phone. Many phones send the values below. If they were used as
 * identities, all these phones would count as one phone, and one test device would match all of them.
 */

/** All zeros, or a group address: the I/G bit of the first octet is set. The broadcast address has that bit set too. */
const NO_PHONES_MAC = /^(?:0+|[0-9A-F][13579BDF].*)$/;

/**
 * Texts that firmware and provisioning write if no serial number was set, in lower case and without punctuation. None has
 * a digit from 1 to 9: `isIdentifyingSerialNumber` relies on this. Words that a manufacturer could print as a serial
 * number are not listed.
 */
export const PLACEHOLDER_SERIAL_NUMBERS = [
  "blank",
  "default",
  "defaultstring",
  "empty",
  "invalid",
  "na",
  "nil",
  "noserial",
  "noserialnumber",
  "none",
  "notapplicable",
  "notavailable",
  "notset",
  "notspecified",
  "null",
  "serial",
  "serialnumber",
  "sn",
  "systemserialnumber",
  "tbd",
  "tobefilledbyoem",
  "undefined",
  "unknown",
] as const;
const PLACEHOLDERS: ReadonlySet<string> = new Set(PLACEHOLDER_SERIAL_NUMBERS);

const MIN_REPEATED_CHARACTERS = 4;

/**
 * The quick test for nearly every real serial number: it starts with two different letters or digits and has a digit
 * from 1 to 9.
 */
const DIGIT = /[1-9]/;
const TWO_LETTERS_OR_DIGITS = /^[0-9A-Za-z]{2}/;
const PUNCTUATION = /[^\p{L}\p{N}]/gu;

/** Whether a MAC address, given as upper-case hex digits, can identify one phone. */
export function isIdentifyingMacAddress(digits: string): boolean {
  return !NO_PHONES_MAC.test(digits);
}

/** Whether a serial number can identify one phone. */
export function isIdentifyingSerialNumber(serialNumber: string): boolean {
  if (
    serialNumber.charCodeAt(0) !== serialNumber.charCodeAt(1) &&
    TWO_LETTERS_OR_DIGITS.test(serialNumber) &&
    DIGIT.test(serialNumber)
  ) {
    return true;
  }
  const bare = serialNumber.replaceAll(PUNCTUATION, "").toLowerCase();
  return !isRepeatedCharacter(bare) && !PLACEHOLDERS.has(bare);
}

/** Only zeros (`0`, `00-00`), or one character four times or more (`FFFFFFFF`). */
function isRepeatedCharacter(bare: string): boolean {
  const characters = new Set(bare);
  return (
    characters.size === 0 ||
    (characters.size === 1 && (characters.has("0") || bare.length >= MIN_REPEATED_CHARACTERS))
  );
}

/** Trims a serial number that a phone sent; null if it does not identify one phone. */
export function readSerialNumber(text: string): string | null {
  const trimmed = text.trim();
  return trimmed !== "" && isIdentifyingSerialNumber(trimmed) ? trimmed : null;
}
