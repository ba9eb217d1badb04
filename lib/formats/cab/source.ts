import { readSync } from "node:fs";

/**
 * Random access to bytes. The result of `read` is shorter than `length` only at the end of the source. It may be
 * a view of `buffer`, which must have at least `length` bytes.
 */
export type CabSource = {
  readonly sizeBytes: number;
  readonly read: (offset: number, length: number, buffer?: Uint8Array) => Uint8Array;
};

export function memorySource(bytes: Uint8Array): CabSource {
  return {
    sizeBytes: bytes.length,
    read: (offset, length) => bytes.subarray(offset, offset + length),
  };
}

/** Reads an open file. The caller closes the descriptor. */
export function fileSource(descriptor: number, sizeBytes: number): CabSource {
  return {
    sizeBytes,
    read: (offset, length, buffer) => {
      const wanted = Math.max(0, Math.min(length, sizeBytes - offset));
      const bytes = buffer?.subarray(0, wanted) ?? new Uint8Array(wanted);
      let filled = 0;
      while (filled < bytes.length) {
        const count = readSync(descriptor, bytes, filled, bytes.length - filled, offset + filled);
        if (count === 0) {
          return bytes.subarray(0, filled);
        }
        filled += count;
      }
      return bytes;
    },
  };
}

/** A part of a source as its own source, such as a cabinet in an executable. */
export function sourceSlice(source: CabSource, start: number, sizeBytes: number): CabSource {
  return {
    sizeBytes,
    read: (offset, length, buffer) =>
      source.read(start + offset, Math.max(0, Math.min(length, sizeBytes - offset)), buffer),
  };
}
