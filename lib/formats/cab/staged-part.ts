import { createHash } from "node:crypto";
import { closeSync, openSync, writeSync } from "node:fs";
import { CAB_SIGNATURE, isCabSignature } from "#formats/cab/header";

/** Writes one entry to disk and hashes it. The file name never contains the entry's name. */
export class StagedPart {
  readonly path: string;
  /** Valid after the first four bytes are written, or at the end. */
  isCabinet = false;
  sizeBytes = 0;
  readonly #descriptor: number;
  readonly #hash = createHash("sha256");
  readonly #head = new Uint8Array(CAB_SIGNATURE.length);

  constructor(path: string) {
    this.path = path;
    this.#descriptor = openSync(path, "wx");
  }

  write(chunk: Uint8Array): void {
    if (this.sizeBytes < this.#head.length) {
      this.#head.set(chunk.subarray(0, this.#head.length - this.sizeBytes), this.sizeBytes);
      this.isCabinet = isCabSignature(this.#head);
    }
    // The digest of an inner cabinet is not needed: the cabinet is opened and deleted.
    if (!this.isCabinet) {
      this.#hash.update(chunk);
    }
    this.#writeAll(chunk);
    this.sizeBytes += chunk.length;
  }

  /** Closes the file and returns the SHA-256 of its content. The caller flushes it to disk later. */
  finish(): string {
    this.close();
    return this.#hash.digest("hex");
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #writeAll(chunk: Uint8Array): void {
    let written = 0;
    while (written < chunk.length) {
      written += writeSync(this.#descriptor, chunk, written, chunk.length - written);
    }
  }
}
