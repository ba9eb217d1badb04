import { DecodeError } from "#formats/cab/decode-error";

/** Decodes blocks that are not compressed. */
export class StoredDecoder {
  decode(data: Uint8Array, unpackedBytes: number): Uint8Array {
    if (data.length !== unpackedBytes) {
      throw new DecodeError("the length of a stored block is not the unpacked length it declares");
    }
    return data;
  }
}
