import { DecodeError } from "#formats/cab/cab-error";
import type { Compression } from "#formats/cab/compression";
import { LzxDecoder } from "#formats/cab/lzx/lzx-decoder";
import { MszipDecoder } from "#formats/cab/mszip-decoder";

/** Decodes blocks that are not compressed. */
class StoredDecoder {
  decode(data: Uint8Array, unpackedBytes: number): Uint8Array {
    if (data.length !== unpackedBytes) {
      throw new DecodeError("the length of a stored block is not the unpacked length it declares");
    }
    return data;
  }
}

/**
 * Unpacks the blocks of one folder in order. The result of `decode` is valid until the next call and
 * exactly `unpackedBytes` long; `decode` throws a `DecodeError` when the block gives any other length.
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
