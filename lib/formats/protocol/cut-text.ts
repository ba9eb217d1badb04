import { MAX_TEXT_CHARS } from "#formats/protocol/check-request";

const CONTROL_CHARACTER = /\p{Cc}/u;
const CONTROL_CHARACTERS = /\p{Cc}+/gu;

/**
 * Shortens an informational text, such as a user name or a timestamp, instead of refusing the phone: cuts it to the
 * limit and removes control characters. A value that is not a text becomes the empty text.
 */
export function cutText(value: unknown): string {
  if (typeof value !== "string") {
    return "";
  }
  const plain = CONTROL_CHARACTER.test(value) ? value.replaceAll(CONTROL_CHARACTERS, " ") : value;
  const trimmed = plain.trim();
  return trimmed.length > MAX_TEXT_CHARS
    ? trimmed.slice(0, MAX_TEXT_CHARS).toWellFormed().trimEnd()
    : trimmed;
}
