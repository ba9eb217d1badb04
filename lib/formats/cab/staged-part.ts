import { createHash } from "node:crypto";
import { closeSync, openSync, writeSync } from "node:fs";
import { CAB_SIGNATURE, isCabSignature } from "#formats/cab/header";

/** One entry on its way to disk, hashed as it passes. Only its place and its digest name it. */
export class StagedPart {
  readonly path: string;
  /** Known once four bytes are written, or the end is reached. */
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
    // Nobody asks for the digest of an inner cabinet: it is opened and forgotten.
    if (!this.isCabinet) {
      this.#hash.update(chunk);
    }
    this.#writeAll(chunk);
    this.sizeBytes += chunk.length;
  }

  /** Closes the file and returns the SHA-256 of what was written. Making it durable comes later. */
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
