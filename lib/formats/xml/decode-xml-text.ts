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

const WINDOWS_1252 = new TextDecoder("windows-1252");

export type DecodedXml =
  | { readonly kind: "text"; readonly text: string }
  /** The bytes are invalid in the encoding that the file declares. */
  | { readonly kind: "no_text" }
  | { readonly kind: "unknown_encoding"; readonly encoding: string };

/**
 * Decodes an XML file: as UTF-16 if a byte order mark or the first characters show it, otherwise as UTF-8, otherwise
 * in the declared encoding. A file that declares an unknown encoding is not read: its bytes may be valid UTF-8 that says
 * something else, as those of UTF-7 are.
 */
export function decodeXmlText(bytes: Uint8Array): DecodedXml {
  const encoding = encodingOf(bytes);
  if (encoding === "utf-32") {
    return { kind: "unknown_encoding", encoding: "UTF-32" };
  }
  const label = encoding === "utf-8" ? declaredEncoding(bytes) : null;
  const declared = label === null ? null : toDecoder(label);
  if (label !== null && declared === null) {
    return { kind: "unknown_encoding", encoding: label };
  }
  const text = decodeFirst(bytes, inOrder(DECODERS[encoding], declared));
  return text === null ? { kind: "no_text" } : { kind: "text", text };
}

/** UTF-8 with a wrong label is still UTF-8, and ASCII is the same in all encodings, except for one with escape sequences. */
function inOrder(detected: TextDecoder, declared: TextDecoder | null): readonly TextDecoder[] {
  if (declared === null) {
    return [detected];
  }
  return declared.encoding === "iso-2022-jp" ? [declared] : [detected, declared];
}

/**
 * Decodes what a phone sent. Neither a user's name in the code page of Windows nor an unknown label may keep a phone from
 * its update, so other text is read as Windows-1252, in which every byte is valid.
 */
export function decodePhoneText(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  const text = encoding === "utf-32" ? null : tryDecode(DECODERS[encoding], bytes);
  if (text !== null) {
    return text;
  }
  const decoded = decodeXmlText(bytes);
  return decoded.kind === "text" ? decoded.text : WINDOWS_1252.decode(bytes);
}

/** Byte order marks and first characters (XML 1.0, appendix F), the longer ones first. */
const STARTS: readonly (readonly [readonly number[], Encoding | "utf-32"])[] = [
  [[0xff, 0xfe, 0, 0], "utf-32"],
  [[0x3c, 0, 0, 0], "utf-32"],
  [[0, 0, 0xfe, 0xff], "utf-32"],
  [[0, 0, 0, 0x3c], "utf-32"],
  [[0xff, 0xfe], "utf-16le"],
  [[0x3c, 0], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
  [[0, 0x3c], "utf-16be"],
];

function encodingOf(bytes: Uint8Array): Encoding | "utf-32" {
  const found = STARTS.find(([start]) => start.every((byte, index) => bytes[index] === byte));
  return found?.[1] ?? "utf-8";
}

/** The label in the declaration; null without one. */
function declaredEncoding(bytes: Uint8Array): string | null {
  const start = Buffer.from(bytes.subarray(0, MAX_DECLARATION_BYTES)).toString("latin1");
  const [, label] = /^<\?xml[^>]{0,200}\sencoding\s?=\s?["']([\w.:-]{1,40})["']/i.exec(start) ?? [];
  return label ?? null;
}

function toDecoder(label: string): TextDecoder | null {
  try {
    return new TextDecoder(label, FATAL);
  } catch {
    // `TextDecoder` throws a RangeError for an unknown encoding.
    return null;
  }
}

function decodeFirst(bytes: Uint8Array, decoders: readonly TextDecoder[]): string | null {
  for (const decoder of decoders) {
    const text = tryDecode(decoder, bytes);
    if (text !== null) {
      return text;
    }
  }
  return null;
}

function tryDecode(decoder: TextDecoder, bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    // A fatal decoder throws on bytes that are invalid in its encoding.
    return null;
  }
}
