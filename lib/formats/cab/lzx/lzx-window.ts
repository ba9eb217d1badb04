/**
 * What LZX has unpacked so far, as far back as a match may reach, and the last three distances.
 * A frame never wraps: window sizes are multiples of the frame size.
 */
export class LzxWindow {
  readonly bytes: Uint8Array;
  readonly recent = Int32Array.of(1, 1, 1);
  /** Where the next byte goes. */
  position = 0;
  /** Added to `position` it is the number of bytes unpacked since the folder began. */
  wrappedBytes = 0;

  constructor(windowBits: number) {
    this.bytes = new Uint8Array(1 << windowBits);
  }

  /** The encoder keeps three positions of the window for the recent distances. */
  get largestDistance(): number {
    return this.bytes.length - 3;
  }

  wrapAtEnd(): void {
    if (this.position === this.bytes.length) {
      this.wrappedBytes += this.bytes.length;
      this.position = 0;
    }
  }
}
