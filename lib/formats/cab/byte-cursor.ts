import { CabError } from "#formats/cab/cab-error";
import type { CabSource } from "#formats/cab/source";
import { WindowReader } from "#formats/cab/window-reader";

/** Reads little-endian fields in sequence; throws a format error when the cabinet ends too early. */
export class ByteCursor {
  readonly #reader: WindowReader;
  readonly #cabinetName: string;
  readonly #endOffset: number;
  offset: number;

  constructor(
    source: CabSource,
    { cabinetName, offset = 0, endOffset = source.sizeBytes }: CursorRange,
  ) {
    this.#reader = new WindowReader(source);
    this.#cabinetName = cabinetName;
    this.#endOffset = endOffset;
    this.offset = offset;
  }

  /** The bytes are valid until the next call. */
  bytes(length: number): Uint8Array {
    const isInside = this.offset + length <= this.#endOffset;
    const bytes = isInside ? this.#reader.read(this.offset, length) : null;
    if (bytes === null) {
      throw this.#truncated();
    }
    this.offset += length;
    return bytes;
  }

  u8(): number {
    return this.#unsigned(1);
  }

  u16(): number {
    return this.#unsigned(2);
  }

  u32(): number {
    return this.#unsigned(4);
  }

  /** Reads the bytes before a zero byte and skips the zero byte; null when none follows within `maxBytes`. */
  zeroTerminated(maxBytes: number): Uint8Array | null {
    const length = Math.min(maxBytes + 1, this.#endOffset - this.offset);
    const window = this.#reader.read(this.offset, length);
    const end = window?.indexOf(0) ?? -1;
    if (window === null || (end === -1 && length <= maxBytes)) {
      throw this.#truncated();
    }
    if (end === -1) {
      return null;
    }
    this.offset += end + 1;
    return window.slice(0, end);
  }

  #truncated(): CabError {
    return new CabError("format", {
      entry: this.#cabinetName,
      problem: "the cabinet ends in the middle of its tables; it is truncated or damaged.",
    });
  }

  #unsigned(length: number): number {
    return this.bytes(length).reduceRight((value, byte) => value * 256 + byte, 0);
  }
}

export type CursorRange = {
  readonly cabinetName: string;
  readonly offset?: number;
  readonly endOffset?: number;
};
