/** Unpacked size of every compressed block except the last of a folder, and the maximum for every block. */
export const FRAME_BYTES = 32_768;

/** Maximum size of a packed block: a frame plus what LZX may add to data that it cannot compress. */
export const MAX_BLOCK_BYTES = FRAME_BYTES + 6144;

/** Compression method of the blocks of one folder. */
export type Compression =
  | { readonly method: "stored" }
  | { readonly method: "mszip" }
  | { readonly method: "lzx"; readonly windowBits: number };

const MIN_LZX_WINDOW_BITS = 15;
const MAX_LZX_WINDOW_BITS = 21;

/** Reads `typeCompress`, [MS-CAB] 2.2; returns a `problem` when the method is not supported. */
export function parseCompression(typeCompress: number): Compression | { readonly problem: string } {
  if (typeCompress === 0) {
    return { method: "stored" };
  }
  if (typeCompress === 1) {
    return { method: "mszip" };
  }
  if ((typeCompress & 0x0f) === 2) {
    return { problem: "Quantum compression is not supported." };
  }
  const windowBits = typeCompress >> 8;
  if ((typeCompress & 0xff) !== 3) {
    return { problem: `compression 0x${typeCompress.toString(16)} is not supported.` };
  }
  if (windowBits < MIN_LZX_WINDOW_BITS || windowBits > MAX_LZX_WINDOW_BITS) {
    return { problem: `an LZX window of ${windowBits} bits is not supported.` };
  }
  return { method: "lzx", windowBits };
}
