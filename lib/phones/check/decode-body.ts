import { decodeXmlText } from "#formats/xml/decode-xml-text";
import { AppError } from "#foundation/core/errors";
import type { Dialect } from "#fleet/devices/model";

const UTF_8 = new TextDecoder();

/** Decodes the body of a check. JSON is UTF-8; XML may also be UTF-16, which Windows often writes. */
export function decodeCheckBody(dialect: Dialect, bytes: Uint8Array): string {
  if (dialect === "json") {
    return UTF_8.decode(bytes);
  }
  const text = decodeXmlText(bytes);
  if (text === null) {
    throw new AppError("invalid_input", "The body is neither UTF-8 nor UTF-16 text.");
  }
  return text;
}
