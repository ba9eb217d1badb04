import type { Hash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { ChunkQueue } from "#programs/simulator/chunk-queue";
import { networkReason, retryAfterSeconds, sendRequest } from "#programs/simulator/http";
import type { FileToFetch } from "#programs/simulator/model";
import {
  continuePart,
  discardPart,
  finishPart,
  hashOf,
  partialFile,
  readPart,
  sizeOf,
  startPart,
} from "#programs/simulator/partial-file";
import type { PartialFile } from "#programs/simulator/partial-file";

export type DownloadOutcome =
  | { readonly kind: "complete"; readonly path: string; readonly resumedAtBytes: number }
  | InterruptedDownload
  | RejectedDownload;

/** The download can continue later; received bytes are kept. */
export type InterruptedDownload = {
  readonly kind: "interrupted";
  readonly receivedBytes: number;
  readonly message: string;
  readonly retryAfterSeconds: number | null;
};

/** The file is not the offered one or not available; received bytes are deleted. */
export type RejectedDownload = {
  readonly kind: "rejected";
  readonly reason: "wrong_digest" | "wrong_size" | "redirected" | "refused";
  readonly message: string;
};

type Download = {
  readonly file: FileToFetch;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly directory: string;
  readonly connectTo: string | null;
  readonly trustedAuthorities: string | null;
  readonly now: Date;
  readonly signal: AbortSignal;
  readonly onProgress: (receivedBytes: number) => void;
};

/** Size limit when neither offer nor response states a size; no partition holds more. */
const MAX_DOWNLOAD_BYTES = 2 * 1024 ** 3;

/**
 * Downloads a file, continues an earlier attempt, and verifies the content while it arrives. Network and server
 * errors are outcomes; throws only when the phone is stopped or the disk fails.
 */
export async function downloadFile(download: Download): Promise<DownloadOutcome> {
  const { file, directory } = download;
  const target = partialFile(directory, file);
  const sizeThere = await sizeOf(target.finalPath);
  if (sizeThere !== null && sizeThere === (file.size ?? sizeThere)) {
    return { kind: "complete", path: target.finalPath, resumedAtBytes: sizeThere };
  }
  const part = await readPart(target);
  const startAt = part.sizeBytes < (file.size ?? Infinity) ? part.sizeBytes : 0;
  const incoming = await request(download, startAt, part.etag);
  if ("kind" in incoming) {
    return incoming;
  }
  // Created before the file is opened, so that chunks that arrive in the meantime are not lost.
  const chunks = new ChunkQueue(incoming);
  return receive(download, target, { incoming, chunks, startAt });
}

async function request(
  { url, headers, connectTo, trustedAuthorities, signal }: Download,
  startAt: number,
  etag: string,
): Promise<IncomingMessage | InterruptedDownload> {
  const range = { range: `bytes=${startAt}-`, "if-range": etag };
  try {
    return await sendRequest({
      method: "GET",
      url,
      headers: { ...headers, ...(startAt > 0 ? range : {}) },
      connectTo,
      trustedAuthorities,
      signal,
    });
  } catch (error) {
    signal.throwIfAborted();
    return interrupted(startAt, `No answer from ${url.host}: ${networkReason(error)}.`);
  }
}

type Arrival = {
  readonly incoming: IncomingMessage;
  readonly chunks: ChunkQueue;
  readonly startAt: number;
};

async function receive(
  download: Download,
  target: PartialFile,
  arrival: Arrival,
): Promise<DownloadOutcome> {
  const { incoming, startAt } = arrival;
  const status = incoming.statusCode ?? 0;
  if (status === 206 && startsAt(incoming, startAt)) {
    const hash = await hashOf(target.partPath);
    const handle = await continuePart(target);
    return store(download, target, { ...arrival, handle, hash });
  }
  if (status === 200) {
    const handle = await startPart(target, incoming.headers.etag);
    const hash = await hashOf(target.partPath);
    return store(download, target, { ...arrival, handle, hash, startAt: 0 });
  }
  incoming.destroy();
  if (status === 206 || status === 416) {
    await discardPart(target);
    return interrupted(0, "The server cannot continue the download.");
  }
  return toFailure(status, retryAfterSeconds(incoming.headers["retry-after"], download.now));
}

/** Whether `Content-Range: bytes 500-999/1000` begins where the part ends (RFC 9110, 14.4). */
function startsAt({ headers }: IncomingMessage, startAt: number): boolean {
  const match = /^bytes (\d{1,15})-/.exec(headers["content-range"] ?? "");
  return match !== null && Number(match[1]) === startAt;
}

/** Size of the whole file from the offer, otherwise from the response; null when neither states it. */
function sizeToBe({ file }: Download, { incoming, startAt }: Arrival): number | null {
  const length = incoming.headers["content-length"];
  const statedBytes = length === undefined ? null : startAt + Number(length);
  return file.size ?? statedBytes;
}

type Storing = Arrival & {
  readonly handle: FileHandle;
  readonly hash: Hash;
};

async function store(
  download: Download,
  target: PartialFile,
  storing: Storing,
): Promise<DownloadOutcome> {
  const { file } = download;
  const size = sizeToBe(download, storing);
  const { receivedBytes, failure } = await writeAll(download, storing, size ?? MAX_DOWNLOAD_BYTES);
  if (receivedBytes > (size ?? MAX_DOWNLOAD_BYTES)) {
    await discardPart(target);
    return rejected(
      "wrong_size",
      `${file.fileName} is longer than the ${size ?? MAX_DOWNLOAD_BYTES} bytes that are allowed.`,
    );
  }
  if (size === null ? failure !== null : receivedBytes < size) {
    return interrupted(receivedBytes, `The connection ended early: ${failure ?? "closed"}.`);
  }
  const digest = storing.hash.digest("hex");
  if (digest !== (file.sha256 ?? digest)) {
    await discardPart(target);
    return rejected("wrong_digest", `${file.fileName} does not have the digest that was offered.`);
  }
  await finishPart(target);
  return { kind: "complete", path: target.finalPath, resumedAtBytes: storing.startAt };
}

type Written = { readonly receivedBytes: number; readonly failure: string | null };

/** Writes chunks until the end, an interruption, or the first byte beyond the limit. */
async function writeAll(
  { signal, onProgress }: Download,
  { incoming, chunks, handle, hash, startAt }: Storing,
  mostBytes: number,
): Promise<Written> {
  let receivedBytes = startAt;
  try {
    for (;;) {
      const next = await chunks.next();
      signal.throwIfAborted();
      if (next.kind !== "chunk") {
        return { receivedBytes, failure: next.kind === "failed" ? next.reason : null };
      }
      receivedBytes += next.bytes.length;
      if (receivedBytes > mostBytes) {
        incoming.destroy();
        return { receivedBytes, failure: null };
      }
      hash.update(next.bytes);
      await handle.writeFile(next.bytes);
      onProgress(receivedBytes);
    }
  } finally {
    await handle.sync();
    await handle.close();
  }
}

function toFailure(status: number, wait: number | null): InterruptedDownload | RejectedDownload {
  if (status === 429 || status >= 500) {
    return { ...interrupted(0, `The server answered ${status}.`), retryAfterSeconds: wait };
  }
  return status >= 300 && status < 400
    ? rejected("redirected", "The server redirects, and phones do not follow.")
    : rejected("refused", `The server answered ${status}.`);
}

function interrupted(receivedBytes: number, message: string): InterruptedDownload {
  return { kind: "interrupted", receivedBytes, message, retryAfterSeconds: null };
}

function rejected(reason: RejectedDownload["reason"], message: string): RejectedDownload {
  return { kind: "rejected", reason, message };
}
