/** Maximum size of a description before decoding. */
export const MAX_DESCRIPTION_BYTES = 1024 * 1024;

/** The declaration is at the start and is ASCII in every encoding that it can declare here. */
const MAX_DECLARATION_BYTES = 256;

const FATAL = { fatal: true } as const;
/** Created once: phones send XML too, and creating a decoder takes longer than using it. */
const DECODERS = {
  "utf-8": new TextDecoder("utf-8", FATAL),
  "utf-16le": new TextDecoder("utf-16le", FATAL),
  "utf-16be": new TextDecoder("utf-16be", FATAL),
} as const;
type Encoding = keyof typeof DECODERS;

/**
 * Decodes an XML file: as UTF-16 if a byte order mark or the first characters show it, otherwise as UTF-8, otherwise
 * in the declared encoding. Null when none of these fits or the file is too large.
 */
export function decodeXmlText(bytes: Uint8Array): string | null {
  return bytes.length > MAX_DESCRIPTION_BYTES
    ? null
    : (tryDecode(DECODERS[encodingOf(bytes)], bytes) ?? decodeAsDeclared(bytes));
}

const WINDOWS_1252 = new TextDecoder("windows-1252");

/**
 * Decodes what a phone sent. A user's name in the code page of Windows must not keep a phone from its update, so text
 * that `decodeXmlText` cannot decode is read as Windows-1252, in which every byte is valid.
 */
export function decodePhoneText(bytes: Uint8Array): string {
  return decodeXmlText(bytes) ?? WINDOWS_1252.decode(bytes);
}

function encodingOf([first, second]: Uint8Array): Encoding {
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) {
    return "utf-16le";
  }
  return (first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)
    ? "utf-16be"
    : "utf-8";
}

/** Used only if the bytes are not UTF-8: ASCII is the same in all encodings, and UTF-8 with a wrong label is still UTF-8. */
function decodeAsDeclared(bytes: Uint8Array): string | null {
  const start = Buffer.from(bytes.subarray(0, MAX_DECLARATION_BYTES)).toString("latin1");
  const [, label] = /^<\?xml[^>]{0,200}\sencoding\s?=\s?["']([\w.:-]{1,40})["']/i.exec(start) ?? [];
  const decoder = label === undefined ? null : toDecoder(label);
  return decoder === null ? null : tryDecode(decoder, bytes);
}

function toDecoder(label: string): TextDecoder | null {
  try {
    return new TextDecoder(label, FATAL);
  } catch {
    // `TextDecoder` throws a RangeError for an unknown encoding.
    return null;
  }
}

function tryDecode(decoder: TextDecoder, bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    // A fatal decoder throws on bytes that are invalid in its encoding.
    return null;
  }
}
