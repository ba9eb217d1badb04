/** What a description may weigh before it is decoded. */
export const MAX_DESCRIPTION_BYTES = 1024 * 1024;

/** The declaration stands at the very start and is ASCII in every encoding that is read through it. */
const MAX_DECLARATION_BYTES = 256;

const FATAL = { fatal: true } as const;
/** Made once: phones send XML too, and a decoder takes longer to make than to use. */
const DECODERS = {
  "utf-8": new TextDecoder("utf-8", FATAL),
  "utf-16le": new TextDecoder("utf-16le", FATAL),
  "utf-16be": new TextDecoder("utf-16be", FATAL),
} as const;
type Encoding = keyof typeof DECODERS;

/**
 * The text of an XML file: UTF-16 by its byte order mark or by what every document starts with, else UTF-8, else the
 * encoding that the document declares. Null where the bytes are none of these, or too many.
 */
export function decodeXmlText(bytes: Uint8Array): string | null {
  return bytes.length > MAX_DESCRIPTION_BYTES
    ? null
    : (tryDecode(DECODERS[encodingOf(bytes)], bytes) ?? decodeAsDeclared(bytes));
}

function encodingOf([first, second]: Uint8Array): Encoding {
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) {
    return "utf-16le";
  }
  return (first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)
    ? "utf-16be"
    : "utf-8";
}

/** Only where the bytes are not UTF-8: ASCII reads equally in all of them, and UTF-8 under a wrong label is still UTF-8. */
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
    // A RangeError: no encoding of that name is known.
    return null;
  }
}

function tryDecode(decoder: TextDecoder, bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    // A fatal decoder throws on bytes that are not text in that encoding.
    return null;
  }
}
