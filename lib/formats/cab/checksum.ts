/**
 * The checksum of [MS-CAB] 3.1: XOR of 32-bit little-endian words. The last one to three bytes are folded in
 * big-endian order; the standard does not say so, but every writer does it.
 */
export function cabChecksum(bytes: Uint8Array, seed = 0): number {
  const wordBytes = bytes.length & ~3;
  let sum = seed ^ xorWords(bytes, wordBytes);
  let rest = 0;
  for (const byte of bytes.subarray(wordBytes)) {
    rest = (rest << 8) | byte;
  }
  sum ^= rest;
  return sum >>> 0;
}

export type ChecksumParts = {
  /** The raw four bytes of `cbData` and `cbUncomp`. */
  readonly sizes: Uint8Array;
  readonly reserved: Uint8Array;
  readonly data: Uint8Array;
};

/**
 * Whether the checksum of a data block is right. Writers differ in whether it covers the reserved bytes and,
 * if it does, whether these come first or last. All variants are accepted: each covers all the data.
 */
export function isChecksumRight(
  expected: number,
  { sizes, reserved, data }: ChecksumParts,
): boolean {
  const ofData = cabChecksum(data);
  if (cabChecksum(sizes, ofData) === expected) {
    return true;
  }
  if (reserved.length === 0) {
    return false;
  }
  return (
    cabChecksum(Buffer.concat([sizes, reserved]), ofData) === expected ||
    cabChecksum(sizes, cabChecksum(Buffer.concat([reserved, data]))) === expected
  );
}

function xorWords(bytes: Uint8Array, wordBytes: number): number {
  // A `Uint32Array` needs an aligned start. It reads words in the byte order of the machine, which is
  // little-endian on every platform of Node except s390x.
  if (bytes.byteOffset % 4 !== 0) {
    return xorWords(new Uint8Array(bytes), wordBytes);
  }
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, wordBytes / 4);
  // Not for…of: its iterator is six times slower, and every block is summed here.
  let sum = 0;
  // eslint-disable-next-line @typescript-eslint/prefer-for-of -- see above
  for (let index = 0; index < words.length; index += 1) {
    sum ^= words[index] ?? 0;
  }
  return sum;
}
