import { isCabSignature } from "#formats/cab/header";
import type { CabSource } from "#formats/cab/source";

/** Bytes of a file behind the end of its cabinet that are neither a signature nor padding. They are not read. */
export type TrailingPart = {
  readonly code: "cabinet_behind" | "bytes_behind";
  readonly offset: number;
};

const WINDOW_BYTES = 1024 * 1024;
/** The longest head of a DER element that is read: its tag, the length of its length, and four bytes of length. */
const MAX_HEAD_BYTES = 6;
const SEQUENCE = 0x30;
/** The first element of every signature (PKCS #7): an object identifier, signedData. */
const SIGNED_DATA = Buffer.from("06092a864886f70d010702", "hex");

/**
 * Finds what follows the end of a cabinet. Signatures (Authenticode) are appended to cabinets, and copies from media have
 * zeros behind them; both are usual.
 */
export function findTrailingPart(
  source: CabSource,
  endOffset: number,
  onStep: () => void,
): TrailingPart | null {
  let offset = skipZeros(source, endOffset, onStep);
  const signatureBytes = readSignatureBytes(source, offset);
  if (signatureBytes !== null) {
    offset = skipZeros(source, offset + signatureBytes, onStep);
  }
  if (offset >= source.sizeBytes) {
    return null;
  }
  const isCabinet = isCabSignature(source.read(offset, 4));
  return { code: isCabinet ? "cabinet_behind" : "bytes_behind", offset };
}

function skipZeros(source: CabSource, start: number, onStep: () => void): number {
  for (let offset = start; offset < source.sizeBytes; offset += WINDOW_BYTES) {
    const index = source.read(offset, WINDOW_BYTES).findIndex((byte) => byte !== 0);
    if (index !== -1) {
      return offset + index;
    }
    onStep();
  }
  return source.sizeBytes;
}

/** The size of a signature that begins here and is complete; null if there is none. */
function readSignatureBytes(source: CabSource, offset: number): number | null {
  const head = Buffer.from(source.read(offset, MAX_HEAD_BYTES + SIGNED_DATA.length));
  const lengthBytes = (head[1] ?? 0) - 0x80;
  if (head[0] !== SEQUENCE || lengthBytes < 1 || lengthBytes > 4) {
    return null;
  }
  const headBytes = 2 + lengthBytes;
  const sizeBytes = headBytes + head.readUIntBE(2, lengthBytes);
  const isSignedData = head.subarray(headBytes).indexOf(SIGNED_DATA) === 0;
  return isSignedData && offset + sizeBytes <= source.sizeBytes ? sizeBytes : null;
}
