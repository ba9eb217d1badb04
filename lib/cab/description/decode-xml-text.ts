/** What a description may weigh before it is decoded. */
export const MAX_DESCRIPTION_BYTES = 1024 * 1024;

const FATAL = { fatal: true } as const;
/** Made once: phones send XML too, and a decoder takes longer to make than to use. */
const DECODERS = {
  "utf-8": new TextDecoder("utf-8", FATAL),
  "utf-16le": new TextDecoder("utf-16le", FATAL),
  "utf-16be": new TextDecoder("utf-16be", FATAL),
} as const;
type Encoding = keyof typeof DECODERS;

/**
 * The text of an XML file in the encodings such files come in: UTF-8, and UTF-16 by its byte order mark or
 * by what every document starts with. Null where the bytes are neither, or too many.
 */
export function decodeXmlText(bytes: Uint8Array): string | null {
  if (bytes.length > MAX_DESCRIPTION_BYTES) {
    return null;
  }
  try {
    return DECODERS[encodingOf(bytes)].decode(bytes);
  } catch {
    // A fatal decoder throws on bytes that are not text in that encoding.
    return null;
  }
}

function encodingOf([first, second]: Uint8Array): Encoding {
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) {
    return "utf-16le";
  }
  return (first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)
    ? "utf-16be"
    : "utf-8";
}
