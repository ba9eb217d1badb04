import type { IncomingMessage } from "node:http";
import { networkReason } from "#programs/simulator/http";

type Arrived =
  | { readonly kind: "chunk"; readonly bytes: Buffer }
  | { readonly kind: "end" }
  | { readonly kind: "failed"; readonly reason: string };

const MOST_QUEUED_BYTES = 4 * 1024 * 1024;

/**
 * The body of an answer, from the moment its head is there. Unlike the stream's own iterator it loses
 * nothing when the connection breaks: what had arrived is delivered first, so every attempt at a
 * download gets further than the one before.
 */
export class ChunkQueue {
  readonly #incoming: IncomingMessage;
  readonly #chunks: Buffer[] = [];
  #queuedBytes = 0;
  #ending: Arrived | null = null;
  #wake: (() => void) | null = null;

  constructor(incoming: IncomingMessage) {
    this.#incoming = incoming;
    incoming.on("data", (bytes: Buffer) => {
      this.#push(bytes);
    });
    incoming.on("end", () => {
      this.#end({ kind: "end" });
    });
    incoming.on("error", (error) => {
      this.#end({ kind: "failed", reason: networkReason(error) });
    });
    incoming.on("close", () => {
      this.#end({ kind: "failed", reason: "closed" });
    });
  }

  /** The next chunk, or how it ended; the same ending for ever after. */
  async next(): Promise<Arrived> {
    for (;;) {
      const bytes = this.#chunks.shift();
      if (bytes !== undefined) {
        this.#queuedBytes -= bytes.length;
        this.#incoming.resume();
        return { kind: "chunk", bytes };
      }
      if (this.#ending !== null) {
        return this.#ending;
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #push(bytes: Buffer): void {
    this.#chunks.push(bytes);
    this.#queuedBytes += bytes.length;
    if (this.#queuedBytes > MOST_QUEUED_BYTES) {
      this.#incoming.pause();
    }
    this.#wake?.();
  }

  #end(ending: Arrived): void {
    this.#ending ??= ending;
    this.#wake?.();
  }
}
