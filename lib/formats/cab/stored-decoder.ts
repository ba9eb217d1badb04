import { DecodeError } from "#formats/cab/decode-error";

/** Blocks that are not compressed. */
export class StoredDecoder {
  decode(data: Uint8Array, unpackedBytes: number): Uint8Array {
    if (data.length !== unpackedBytes) {
      throw new DecodeError("a stored block is not as long as what it should unpack to");
    }
    return data;
  }
}
