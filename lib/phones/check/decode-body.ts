import { decodeXmlText } from "#formats/xml/decode-xml-text";
import { AppError } from "#foundation/core/errors";
import type { Dialect } from "#fleet/devices/model";

const UTF_8 = new TextDecoder();

/** The text of a check's body. JSON is UTF-8; XML may be UTF-16 as well, as Windows likes to write it. */
export function decodeCheckBody(dialect: Dialect, bytes: Uint8Array): string {
  if (dialect === "json") {
    return UTF_8.decode(bytes);
  }
  const text = decodeXmlText(bytes);
  if (text === null) {
    throw new AppError("invalid_input", "The body is not text in UTF-8 or UTF-16.");
  }
  return text;
}
