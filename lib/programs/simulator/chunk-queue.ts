import type { IncomingMessage } from "node:http";
import { networkReason } from "#programs/simulator/http";

type Arrived =
  | { readonly kind: "chunk"; readonly bytes: Buffer }
  | { readonly kind: "end" }
  | { readonly kind: "failed"; readonly reason: string };

const MAX_QUEUED_BYTES = 4 * 1024 * 1024;

/**
 * Queues the body of a response. Unlike the iterator of the stream it loses no bytes when the connection
 * breaks: chunks that have arrived are delivered before the error, so every download attempt gets further
 * than the previous one.
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

  /** Returns the next chunk, or how the body ended. After the end it always returns the same ending. */
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
    if (this.#queuedBytes > MAX_QUEUED_BYTES) {
      this.#incoming.pause();
    }
    this.#wake?.();
  }

  #end(ending: Arrived): void {
    this.#ending ??= ending;
    this.#wake?.();
  }
}
