import { CabError } from "#formats/cab/cab-error";
import { isChecksumRight } from "#formats/cab/checksum";
import { FRAME_BYTES, MAX_BLOCK_BYTES } from "#formats/cab/compression";
import type { Compression } from "#formats/cab/compression";
import type { CabSource } from "#formats/cab/source";
import { WindowReader } from "#formats/cab/window-reader";

const SIZES_OFFSET = 4;
const FIXED_HEADER_BYTES = 8;

/** The header of a data block, [MS-CAB] 2.4. */
export type BlockHeader = {
  readonly dataBytes: number;
  readonly unpackedBytes: number;
};

export type Block = BlockHeader & {
  /** Valid until the next block is read. */
  readonly data: Uint8Array;
  /** The checksum of a block is optional. */
  readonly checksum: "right" | "wrong" | "absent";
};

export type FolderBlocks = {
  readonly cabinetName: string;
  readonly folderIndex: number;
  readonly blockCount: number;
  readonly compression: Compression;
  /** The folder's data must end here: the next folder's data begins, or the cabinet ends. */
  readonly endOffset: number;
};

/** Reads the data blocks of one folder in order: either only their headers, or headers and data. */
export class BlockReader {
  readonly #reader: WindowReader;
  readonly #headerBytes: number;
  readonly #folder: FolderBlocks;
  #offset: number;
  #index = 0;

  constructor(
    source: CabSource,
    folder: FolderBlocks,
    place: { readonly dataOffset: number; readonly reserveBytes: number },
  ) {
    this.#reader = new WindowReader(source);
    this.#headerBytes = FIXED_HEADER_BYTES + place.reserveBytes;
    this.#folder = folder;
    this.#offset = place.dataOffset;
  }

  /** Where the next block begins; after the last block, where the folder's data ends. */
  get offset(): number {
    return this.#offset;
  }

  /** Checks the header of the next block and skips its data. */
  skipBlock(): BlockHeader {
    const header = this.#checkHeader(this.#readHeader());
    this.#offset += this.#headerBytes + header.dataBytes;
    this.#index += 1;
    return header;
  }

  readBlock(): Block {
    const { dataBytes, unpackedBytes } = this.#checkHeader(this.#readHeader());
    const bytes = this.#read(this.#headerBytes + dataBytes);
    const expected = readU32(bytes, 0);
    const data = bytes.subarray(this.#headerBytes);
    this.#offset += bytes.length;
    this.#index += 1;
    if (expected === 0) {
      return { dataBytes, unpackedBytes, data, checksum: "absent" };
    }
    const isRight = isChecksumRight(expected, {
      sizes: bytes.subarray(SIZES_OFFSET, FIXED_HEADER_BYTES),
      reserved: bytes.subarray(FIXED_HEADER_BYTES, this.#headerBytes),
      data,
    });
    return { dataBytes, unpackedBytes, data, checksum: isRight ? "right" : "wrong" };
  }

  #readHeader(): BlockHeader {
    const bytes = this.#read(this.#headerBytes);
    return { dataBytes: readU16(bytes, 4), unpackedBytes: readU16(bytes, 6) };
  }

  #checkHeader(header: BlockHeader): BlockHeader {
    const problem = this.#findProblem(header);
    if (problem !== null) {
      throw this.#formatError(problem);
    }
    return header;
  }

  #findProblem({ dataBytes, unpackedBytes }: BlockHeader): string | null {
    const { compression, blockCount } = this.#folder;
    const isLast = this.#index === blockCount - 1;
    if (dataBytes === 0 || dataBytes > MAX_BLOCK_BYTES) {
      return `is not 1 to ${MAX_BLOCK_BYTES} bytes long`;
    }
    if (unpackedBytes === 0 || unpackedBytes > FRAME_BYTES) {
      return `does not unpack to 1 to ${FRAME_BYTES} bytes`;
    }
    if (compression.method === "stored") {
      return dataBytes === unpackedBytes ? null : "is stored, but its two lengths differ";
    }
    return isLast || unpackedBytes === FRAME_BYTES
      ? null
      : `is not the last one, but does not unpack to ${FRAME_BYTES} bytes`;
  }

  #read(length: number): Uint8Array {
    const bytes = this.#reader.read(this.#offset, length);
    const isInside = this.#offset + length <= this.#folder.endOffset;
    if (bytes === null || !isInside) {
      throw this.#formatError("goes over the end of the cabinet or into the next folder");
    }
    return bytes;
  }

  #formatError(problem: string): CabError {
    const { cabinetName, folderIndex } = this.#folder;
    return new CabError("format", {
      entry: cabinetName,
      problem: `block ${this.#index + 1} of folder ${folderIndex + 1} ${problem}.`,
    });
  }
}

function readU16(bytes: Uint8Array, offset: number): number {
  return (bytes[offset] ?? 0) | ((bytes[offset + 1] ?? 0) << 8);
}

function readU32(bytes: Uint8Array, offset: number): number {
  return (readU16(bytes, offset) | (readU16(bytes, offset + 2) << 16)) >>> 0;
}
