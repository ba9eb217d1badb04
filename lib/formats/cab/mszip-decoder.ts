import { inflateRawSync } from "node:zlib";
import { DecodeError } from "#formats/cab/cab-error";
import { FRAME_BYTES } from "#formats/cab/compression";

const SIGNATURE_C = 0x43;
const SIGNATURE_K = 0x4b;

/** MSZIP, [MS-MCI]: "CK", then raw deflate with the previous block's output as its dictionary. */
export class MszipDecoder {
  #previous: Uint8Array | null = null;

  decode(data: Uint8Array, unpackedBytes: number): Uint8Array {
    if (data[0] !== SIGNATURE_C || data[1] !== SIGNATURE_K) {
      throw new DecodeError("the block does not begin with the MSZIP signature");
    }
    const unpacked = this.#inflate(data.subarray(2), unpackedBytes);
    if (unpacked.length !== unpackedBytes) {
      throw new DecodeError("the block unpacks to fewer bytes than it declares");
    }
    this.#previous = unpacked;
    return unpacked;
  }

  #inflate(deflated: Uint8Array, unpackedBytes: number): Uint8Array {
    try {
      return inflateRawSync(deflated, {
        // With one byte more than a frame, zlib does not need a second round for each block.
        chunkSize: FRAME_BYTES + 1,
        maxOutputLength: unpackedBytes,
        ...(this.#previous === null ? {} : { dictionary: this.#previous }),
      });
    } catch (error) {
      throw new DecodeError("the MSZIP data is damaged or longer than it declares", error);
    }
  }
}
