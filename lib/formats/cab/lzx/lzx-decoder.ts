import { DecodeError } from "#formats/cab/cab-error";
import { FRAME_BYTES } from "#formats/cab/compression";
import { BitReader } from "#formats/cab/lzx/bit-reader";
import { CodeLengthReader } from "#formats/cab/lzx/code-lengths";
import { translateCalls } from "#formats/cab/lzx/e8-translation";
import { HuffmanTable } from "#formats/cab/lzx/huffman-table";
import { LzxWindow } from "#formats/cab/lzx/lzx-window";
import { slotCount } from "#formats/cab/lzx/position-slots";
import {
  ALIGNED_PRIMARY_BITS,
  decodeTokens,
  LENGTH_PRIMARY_BITS,
  MAIN_PRIMARY_BITS,
} from "#formats/cab/lzx/token-loop";

const LITERALS = 256;
const SYMBOLS_PER_SLOT = 8;
const LENGTH_SYMBOLS = 249;
const ALIGNED_SYMBOLS = 8;
const ALIGNED_LENGTH_BITS = 3;
const RECENT_DISTANCES_BYTES = 12;
const LAST_TRANSLATED_FRAME = 32_768;

type BlockType = "verbatim" | "aligned" | "uncompressed";

const BLOCK_TYPES: ReadonlyMap<number, BlockType> = new Map([
  [1, "verbatim"],
  [2, "aligned"],
  [3, "uncompressed"],
]);

type OpenBlock = {
  readonly type: BlockType;
  readonly isOdd: boolean;
  remainingBytes: number;
};

/**
 * Decodes LZX as cabinets use it ("Microsoft LZX Data Compression Format", 1997). Each data block of the
 * cabinet is one frame that starts aligned; trees, recent distances and an open LZX block continue in the next.
 */
export class LzxDecoder {
  readonly #reader = new BitReader();
  readonly #codeLengths = new CodeLengthReader(this.#reader);
  readonly #window: LzxWindow;
  readonly #mainLengths: Uint8Array;
  readonly #lengthLengths = new Uint8Array(LENGTH_SYMBOLS);
  readonly #alignedLengths = new Uint8Array(ALIGNED_SYMBOLS);
  readonly #main: HuffmanTable;
  readonly #length = new HuffmanTable(LENGTH_SYMBOLS, LENGTH_PRIMARY_BITS);
  readonly #aligned = new HuffmanTable(ALIGNED_SYMBOLS, ALIGNED_PRIMARY_BITS);
  readonly #blocksPerFrame: number;
  readonly #translated = new Uint8Array(FRAME_BYTES);
  #block: OpenBlock = { type: "verbatim", isOdd: false, remainingBytes: 0 };
  #blockCount = 0;
  #frameCount = 0;
  /** Zero when calls are not translated. */
  #translationBytes = 0;

  constructor(windowBits: number, blocksPerFrame: number) {
    this.#window = new LzxWindow(windowBits);
    const mainSymbols = LITERALS + slotCount(windowBits) * SYMBOLS_PER_SLOT;
    this.#mainLengths = new Uint8Array(mainSymbols);
    this.#main = new HuffmanTable(mainSymbols, MAIN_PRIMARY_BITS);
    this.#blocksPerFrame = blocksPerFrame;
  }

  decode(data: Uint8Array, unpackedBytes: number): Uint8Array {
    const window = this.#window;
    const start = window.position;
    const frameOffset = window.wrappedBytes + start;
    this.#reader.load(data);
    if (this.#frameCount === 0) {
      this.#readTranslationHeader();
    }
    this.#frameCount += 1;

    const end = start + unpackedBytes;
    while (window.position < end) {
      this.#decodePart(end);
    }
    this.#refuseWrongLength();

    window.wrapAtEnd();
    return this.#translate(window.bytes.subarray(start, end), frameOffset);
  }

  /** Reads, once per folder, whether calls are translated and up to which size. */
  #readTranslationHeader(): void {
    if (this.#reader.read(1) === 1) {
      const high = this.#reader.read(16);
      this.#translationBytes = (high << 16) | this.#reader.read(16);
    }
  }

  /** Decodes to the end of the open block or of the frame, whichever comes first. */
  #decodePart(frameEnd: number): void {
    while (this.#block.remainingBytes === 0) {
      this.#openBlock();
    }
    const window = this.#window;
    const block = this.#block;
    const length = Math.min(block.remainingBytes, frameEnd - window.position);
    if (block.type === "uncompressed") {
      this.#copyBytes(length);
    } else {
      const aligned = block.type === "aligned" ? this.#aligned : null;
      const trees = { main: this.#main, length: this.#length, aligned };
      decodeTokens({ reader: this.#reader, window, trees }, window.position + length);
    }
    block.remainingBytes -= length;
    if (block.remainingBytes === 0 && block.isOdd) {
      this.#reader.skipPadding();
    }
  }

  #openBlock(): void {
    this.#blockCount += 1;
    if (this.#blockCount > this.#blocksPerFrame * this.#frameCount) {
      throw new DecodeError(
        `there are more than ${this.#blocksPerFrame} LZX blocks per frame, which no packer writes`,
      );
    }
    const type = BLOCK_TYPES.get(this.#reader.read(3));
    if (type === undefined) {
      throw new DecodeError("an LZX block is of an unknown type");
    }
    const high = this.#reader.read(16);
    const remainingBytes = (high << 8) | this.#reader.read(8);
    if (type === "uncompressed") {
      this.#readRecentDistances();
    } else {
      this.#readTrees(type === "aligned");
    }
    const isOdd = type === "uncompressed" && remainingBytes % 2 === 1;
    this.#block = { type, isOdd, remainingBytes };
  }

  #readTrees(isAligned: boolean): void {
    if (isAligned) {
      for (let symbol = 0; symbol < ALIGNED_SYMBOLS; symbol += 1) {
        this.#alignedLengths[symbol] = this.#reader.read(ALIGNED_LENGTH_BITS);
      }
      this.#aligned.build(this.#alignedLengths);
    }
    this.#codeLengths.update(this.#mainLengths.subarray(0, LITERALS));
    this.#codeLengths.update(this.#mainLengths.subarray(LITERALS));
    this.#main.build(this.#mainLengths);
    this.#codeLengths.update(this.#lengthLengths);
    this.#length.buildOrEmpty(this.#lengthLengths);
  }

  #readRecentDistances(): void {
    this.#reader.alignForBytes();
    const bytes = this.#reader.takeBytes(RECENT_DISTANCES_BYTES);
    if (bytes.length < RECENT_DISTANCES_BYTES) {
      throw endsTooEarly();
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let index = 0; index < 3; index += 1) {
      // Invalid distances are refused when a match uses them.
      this.#window.recent[index] = view.getInt32(index * 4, true);
    }
  }

  #copyBytes(length: number): void {
    const bytes = this.#reader.takeBytes(length);
    if (bytes.length < length) {
      throw endsTooEarly();
    }
    this.#window.bytes.set(bytes, this.#window.position);
    this.#window.position += length;
  }

  /** A frame must use its data exactly: with data left over, other readers could unpack other bytes. */
  #refuseWrongLength(): void {
    const end = this.#block.type === "uncompressed" ? "bytes" : "codes";
    const missingBytes = this.#reader.missingBytes(end);
    if (missingBytes > 0) {
      throw endsTooEarly();
    }
    if (missingBytes < 0) {
      throw new DecodeError("the block has data left over after its frame");
    }
  }

  /** Translates a copy: matches refer to the untranslated bytes in the window. */
  #translate(frame: Uint8Array, frameOffset: number): Uint8Array {
    if (this.#translationBytes === 0 || this.#frameCount > LAST_TRANSLATED_FRAME) {
      return frame;
    }
    const translated = this.#translated.subarray(0, frame.length);
    translated.set(frame);
    translateCalls(translated, frameOffset, this.#translationBytes);
    return translated;
  }
}

function endsTooEarly(): DecodeError {
  return new DecodeError("the LZX data ends before its frame is complete");
}
