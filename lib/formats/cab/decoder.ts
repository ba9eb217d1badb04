import type { Compression } from "#formats/cab/compression";
import { LzxDecoder } from "#formats/cab/lzx/lzx-decoder";
import { MszipDecoder } from "#formats/cab/mszip-decoder";
import { StoredDecoder } from "#formats/cab/stored-decoder";

/**
 * Unpacks the blocks of one folder in order. What `decode` returns is valid until the next call, and
 * is exactly `unpackedBytes` long; anything else is thrown as a `DecodeError`.
 */
export type BlockDecoder = {
  readonly decode: (data: Uint8Array, unpackedBytes: number) => Uint8Array;
};

export function createDecoder(compression: Compression, lzxBlocksPerFrame: number): BlockDecoder {
  switch (compression.method) {
    case "stored":
      return new StoredDecoder();
    case "mszip":
      return new MszipDecoder();
    case "lzx":
      return new LzxDecoder(compression.windowBits, lzxBlocksPerFrame);
  }
}
