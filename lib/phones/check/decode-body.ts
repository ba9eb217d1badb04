import { decodePhoneText } from "#formats/xml/decode-xml-text";
import type { Dialect } from "#fleet/devices/model";

const UTF_8 = new TextDecoder();

/** Decodes the body of a check. JSON is UTF-8; XML may also be UTF-16 or a code page, which Windows often writes. */
export function decodeCheckBody(dialect: Dialect, bytes: Uint8Array): string {
  return withoutFinalZeros(dialect === "json" ? UTF_8.decode(bytes) : decodePhoneText(bytes));
}

/** Programs in C may send the zero that ends their text. Not a regular expression, which would take quadratic time. */
function withoutFinalZeros(text: string): string {
  let { length } = text;
  while (length > 0 && text.charCodeAt(length - 1) === 0) {
    length -= 1;
  }
  return text.slice(0, length);
}
