/** The text encoding of a body. */
export type BodyEncoding = "utf-8" | "utf-16le" | "utf-16be" | "binary";

export type BodyText = { readonly encoding: BodyEncoding; readonly text: string };

/** Decodes a body to text; if it is not text, each byte becomes one character. */
export function toBodyText(bytes: Uint8Array): BodyText {
  const encoding = encodingOf(bytes);
  if (encoding !== "binary") {
    return { encoding, text: new TextDecoder(encoding).decode(bytes) };
  }
  return { encoding, text: Array.from(bytes, (byte) => String.fromCharCode(byte)).join("") };
}

/** Encodes a text to bytes; the inverse of `toBodyText`. */
export function fromBodyText({ encoding, text }: BodyText): Uint8Array {
  switch (encoding) {
    case "utf-8":
      return new TextEncoder().encode(text);
    case "binary":
      return Uint8Array.from(text, (character) => character.charCodeAt(0));
    case "utf-16le":
    case "utf-16be":
      return toUtf16(text, encoding === "utf-16le");
  }
}

function encodingOf(bytes: Uint8Array): BodyEncoding {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) {
    return "utf-16le";
  }
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) {
    return "utf-16be";
  }
  return isUtf8Text(bytes) ? "utf-8" : "binary";
}

function isUtf8Text(bytes: Uint8Array): boolean {
  try {
    // A truncated body may end in the middle of a character; `stream` accepts that.
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return !/[^\P{Cc}\t\r\n]/u.test(text);
  } catch {
    return false;
  }
}

function toUtf16(text: string, isLittleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(2 + text.length * 2);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xfeff, isLittleEndian);
  for (let index = 0; index < text.length; index += 1) {
    view.setUint16(2 + index * 2, text.charCodeAt(index), isLittleEndian);
  }
  return bytes;
}
