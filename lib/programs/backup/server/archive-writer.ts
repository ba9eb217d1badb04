import "server-only";
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { Readable } from "node:stream";
import type { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { pack } from "tar-stream";
import type { Header, Pack } from "tar-stream";
import { DIGESTS_NAME, DIGEST_OF_ALL_NAME } from "#programs/backup/model";

/** The size of a part of a member whose length is not known in advance. One part at a time is held in memory. */
const PART_BYTES = 1024 * 1024;
const MODE = 0o600;

/** Writes the members of an archive, one after the other, as fast as the receiver takes them. */
export class ArchiveWriter {
  readonly #pack: Pack = pack();
  readonly #written: Promise<void>;
  readonly #mtime: Date;
  readonly #lines: string[] = [];
  readonly #size: Size = { bytes: 0 };

  constructor(target: Writable, mtime: Date) {
    this.#mtime = mtime;
    this.#written = pipeline(Readable.from(counting(this.#pack, this.#size)), target);
    // Awaited by `finish`; a failure before that also fails the next member.
    this.#written.catch(() => undefined);
  }

  async add(name: string, content: string | Uint8Array): Promise<void> {
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    await this.addStream({ name, sizeBytes: bytes.length }, [bytes]);
  }

  /** Adds a member. Throws if the pieces do not have exactly the given size: the archive is unusable then. */
  async addStream(
    { name, sizeBytes }: { readonly name: string; readonly sizeBytes: number },
    pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  ): Promise<void> {
    const hash = createHash("sha256");
    await this.#addEntry({ name, size: sizeBytes }, hashing(pieces, hash));
    this.#lines.push(`${hash.digest("hex")}  ${name}\n`);
  }

  /** Adds content of unknown length as `<name>/<number>` in parts. */
  async addParts(name: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
    let part = 0;
    let waiting: Uint8Array[] = [];
    let waitingBytes = 0;
    const flush = async (): Promise<void> => {
      part += 1;
      await this.add(`${name}/${String(part).padStart(8, "0")}`, Buffer.concat(waiting));
      waiting = [];
      waitingBytes = 0;
    };
    for await (const piece of pieces) {
      waiting.push(piece);
      waitingBytes += piece.length;
      if (waitingBytes >= PART_BYTES) {
        await flush();
      }
    }
    if (waitingBytes > 0) {
      await flush();
    }
  }

  /** Adds the digests and ends the archive. Resolves to its size when the receiver has all of it. */
  async finish(): Promise<number> {
    const digests = this.#lines.join("");
    const ofAll = createHash("sha256").update(digests).digest("hex");
    await this.add(DIGESTS_NAME, digests);
    await this.add(DIGEST_OF_ALL_NAME, `${ofAll}  ${DIGESTS_NAME}\n`);
    this.#pack.finalize();
    await this.#written;
    return this.#size.bytes;
  }

  /** Ends the archive in the middle, so that the receiver does not take it for complete. */
  async abort(error: Error): Promise<void> {
    this.#pack.destroy(error);
    await this.#written.catch(() => undefined);
  }

  async #addEntry(
    header: Pick<Header, "name" | "size">,
    pieces: AsyncIterable<Uint8Array>,
  ): Promise<void> {
    const done = Promise.withResolvers<null>();
    const entry = this.#pack.entry(
      { ...header, mode: MODE, mtime: this.#mtime, type: "file" },
      (error) => {
        if (error) {
          done.reject(error);
        } else {
          done.resolve(null);
        }
      },
    );
    // The failure of the whole archive has the reason; that of the entry only says that it was destroyed.
    const failed = this.#written.then(() => done.promise);
    failed.catch(() => undefined);
    done.promise.catch(() => undefined);
    for await (const piece of pieces) {
      if (!entry.write(piece)) {
        await Promise.race([once(entry, "drain"), failed]);
      }
    }
    entry.end(null);
    await Promise.race([done.promise, failed]);
  }
}

type Size = { bytes: number };

async function* counting(source: AsyncIterable<unknown>, size: Size): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    if (chunk instanceof Uint8Array) {
      size.bytes += chunk.length;
      yield chunk;
    }
  }
}

async function* hashing(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    hash.update(piece);
    yield piece;
  }
}
