/**
 * The unpacked bytes that a match may refer to, and the last three distances.
 * A frame never wraps, because window sizes are multiples of the frame size.
 */
export class LzxWindow {
  readonly bytes: Uint8Array;
  readonly recent = Int32Array.of(1, 1, 1);
  /** Offset of the next byte. */
  position = 0;
  /** Plus `position`, this is the number of bytes unpacked since the start of the folder. */
  wrappedBytes = 0;

  constructor(windowBits: number) {
    this.bytes = new Uint8Array(1 << windowBits);
  }

  /** The encoder reserves three positions of the window for the recent distances. */
  get maxDistance(): number {
    return this.bytes.length - 3;
  }

  wrapAtEnd(): void {
    if (this.position === this.bytes.length) {
      this.wrappedBytes += this.bytes.length;
      this.position = 0;
    }
  }
}
