import { LONGEST_TEXT } from "#formats/protocol/check-request";

const CONTROL_CHARACTER = /\p{Cc}/u;
const CONTROL_CHARACTERS = /\p{Cc}+/gu;

/**
 * A text that only informs, such as a user's name or a time stamp, made to fit: what is too long is cut, control characters
 * are dropped, and what is no text says nothing. A phone is not refused for it.
 */
export function cutText(value: unknown): string {
  if (typeof value !== "string") {
    return "";
  }
  const plain = CONTROL_CHARACTER.test(value) ? value.replaceAll(CONTROL_CHARACTERS, " ") : value;
  const trimmed = plain.trim();
  return trimmed.length > LONGEST_TEXT
    ? trimmed.slice(0, LONGEST_TEXT).toWellFormed().trimEnd()
    : trimmed;
}
