/** How the blocks of one folder are packed. */
export type Compression =
  | { readonly method: "stored" }
  | { readonly method: "mszip" }
  | { readonly method: "lzx"; readonly windowBits: number };

const SMALLEST_LZX_WINDOW = 15;
const LARGEST_LZX_WINDOW = 21;

/** Reads `typeCompress`, [MS-CAB] 2.2; says what is not supported where it cannot be read. */
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
  if (windowBits < SMALLEST_LZX_WINDOW || windowBits > LARGEST_LZX_WINDOW) {
    return { problem: `an LZX window of ${windowBits} bits is not supported.` };
  }
  return { method: "lzx", windowBits };
}
