import "server-only";

import { createReadStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import type { ContentCache } from "#firmware/files/server/content-cache";
import { readWhole } from "#firmware/files/server/content-file";
import { queueFinding } from "#firmware/files/server/content-findings";
import { digestOfObject, fetchObject, keyOf } from "#firmware/files/server/fetch-object";
import type {
  ByteRange,
  ContentFinding,
  FileStore,
  OpenOptions,
  OpenedContent,
  PutResult,
  ReadPace,
  SeenContent,
  StoredFile,
} from "#firmware/files/model";
import type { ObjectStore } from "#foundation/platform/objects/object-store";
import { oncePerProcess } from "#foundation/platform/once-per-process";

const MAX_REOPENS = 3;

/** By digest. Not shared with Next's copy of this module: an error belongs to the classes of one of them. */
const fetching = new Map<string, Promise<ContentFinding>>();

type Parts = { readonly objects: ObjectStore; readonly cache: ContentCache };

/**
 * Stores content as objects `files/<sha256>`, and serves it from verified copies on this host. While the object storage
 * is away, content that has a copy is served as before; for other content every function throws `unavailable`.
 */
export function objectFileStore(objects: ObjectStore, cache: ContentCache): FileStore {
  const parts = { objects, cache };
  return {
    isRemote: true,
    put: (stagedPath, file) => put(parts, stagedPath, file),
    open: (sha256, options) => openContent(parts, sha256, options),
    verify: (sha256, distrustBefore) => verify(objects, sha256, distrustBefore ?? null),
    scrub: (sha256, pace) => readAndCompare(objects, sha256, pace),
    look: (sha256) => look(objects, sha256),
    stat: async (sha256) => {
      const seen = await look(objects, sha256);
      return seen.kind === "file" ? { sha256, sizeBytes: seen.sizeBytes } : null;
    },
    remove: async (sha256) => {
      await objects.remove(keyOf(sha256));
      await cache.remove(sha256);
    },
  };
}

async function look(objects: ObjectStore, sha256: string): Promise<SeenContent> {
  const object = await objects.look(keyOf(sha256));
  return object === null ? { kind: "problem", problem: "missing" } : { kind: "file", ...object };
}

async function put({ objects, cache }: Parts, path: string, file: StoredFile): Promise<PutResult> {
  const { sha256 } = file;
  const seen = await look(objects, sha256);
  if (seen.kind === "file") {
    // Ignores a cached finding, because an administrator repairs content with an import.
    const finding = await verify(objects, sha256, new Date());
    if (finding.problem === null) {
      await rm(path, { force: true });
      return { outcome: "kept", finding };
    }
  }
  await requireStaged(path, file);
  await objects.put(keyOf(sha256), createReadStream(path));
  // Read back: a checksum of the transfer would not tell what the storage holds.
  const finding = await readAndCompare(objects, sha256, null);
  if (finding.problem !== null) {
    throw new Error(`The content of ${sha256} differs when it is read back from the store.`);
  }
  await cache.adopt(path, sha256);
  return { outcome: seen.kind === "file" ? "replaced" : "stored", finding };
}

async function requireStaged(path: string, { sha256, sizeBytes }: StoredFile): Promise<void> {
  const { size } = await stat(path);
  if (size !== sizeBytes) {
    throw new Error(`Staged file of ${sha256} has ${size} bytes instead of ${sizeBytes}.`);
  }
  const written = await readWhole(path, null);
  if (written.kind !== "read" || written.sha256 !== sha256) {
    throw new Error(`The content of ${sha256} differs when it is read back from the disk.`);
  }
}

async function openContent(
  { objects, cache }: Parts,
  sha256: string,
  { range }: OpenOptions = {},
): Promise<OpenedContent> {
  const reopen = async (from?: ByteRange) => {
    const held = await cache.open(sha256, from);
    if (held !== null) {
      return held;
    }
    const finding = await fetchOnce({ objects, cache }, sha256);
    return finding.problem === null ? cache.open(sha256, from) : finding;
  };
  const opened = await reopen(range);
  if (opened === null || "problem" in opened) {
    return { kind: "problem", problem: opened?.problem ?? "missing" };
  }
  const whole = range ?? { start: 0, end: opened.sizeBytes - 1 };
  return { kind: "sound", pieces: keepReading(opened.pieces, whole, reopen) };
}

/** Continues where a copy was removed to make room. The bytes of a digest are the same in every copy. */
async function* keepReading(
  first: AsyncIterable<Uint8Array>,
  { start, end }: ByteRange,
  reopen: (range: ByteRange) => Promise<unknown>,
): AsyncGenerator<Uint8Array> {
  let position = start;
  let pieces = first;
  for (let reopens = 0; ; reopens += 1) {
    try {
      for await (const piece of pieces) {
        position += piece.length;
        yield piece;
      }
      return;
    } catch (error) {
      const again = reopens < MAX_REOPENS ? await reopen({ start: position, end }) : null;
      if (!hasPieces(again)) {
        throw error;
      }
      pieces = again.pieces;
    }
  }
}

function hasPieces(opened: unknown): opened is { readonly pieces: AsyncIterable<Uint8Array> } {
  return typeof opened === "object" && opened !== null && "pieces" in opened;
}

/** Concurrent requests for content share one read of the object. */
function fetchOnce(parts: Parts, sha256: string): Promise<ContentFinding> {
  let fetched = fetching.get(sha256);
  if (fetched === undefined) {
    fetched = fetchObject(parts.objects, sha256, parts.cache)
      .then((finding) => keepFinding(sha256, finding))
      .finally(() => fetching.delete(sha256));
    fetching.set(sha256, fetched);
  }
  return fetched;
}

async function verify(
  objects: ObjectStore,
  sha256: string,
  distrustBefore: Date | null,
): Promise<ContentFinding> {
  const seen = await look(objects, sha256);
  if (seen.kind === "problem") {
    return keepFinding(sha256, { problem: seen.problem, file: null, at: new Date() });
  }
  const known = knownFindings().get(sha256);
  const isTrusted = distrustBefore === null || (known !== undefined && known.at >= distrustBefore);
  return known?.file?.identity === seen.identity && isTrusted
    ? known
    : readAndCompare(objects, sha256, null);
}

async function readAndCompare(
  objects: ObjectStore,
  sha256: string,
  pace: ReadPace | null,
): Promise<ContentFinding> {
  return keepFinding(sha256, await digestOfObject(objects, sha256, pace));
}

function keepFinding(sha256: string, finding: ContentFinding): ContentFinding {
  knownFindings().set(sha256, finding);
  queueFinding(sha256, finding);
  return finding;
}

/** The last finding for each content. */
function knownFindings(): Map<string, ContentFinding> {
  return oncePerProcess("object file store", () => new Map<string, ContentFinding>());
}
