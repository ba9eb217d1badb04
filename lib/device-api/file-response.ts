import "server-only";
import type { OfferedFile } from "#lib/check/rule-table";
import { AppError } from "#lib/core/errors";
import type { FollowDownload } from "#lib/device-api/follow-download";
import type { ByteRange, FileStore } from "#lib/files/model";
import type { RequestedRange } from "#lib/platform/http/byte-range";
import { parseByteRange } from "#lib/platform/http/byte-range";

/** What a request for a file says beside its path. */
export type FileRequest = {
  readonly method: string;
  readonly header: (name: string) => string | null;
  /** Given every body that is sent. */
  readonly follow: FollowDownload;
};

/** The types with which phones of the original work: its administrators had to set these by hand (device-protocol.md, 2.2). */
const MEDIA_TYPES: ReadonlyMap<string, string> = new Map([
  ["nbt", "binary/octet-stream"],
  ["cat", "binary/octet-stream"],
  ["xml", "text/xml"],
]);

/**
 * Answers a request for a file: whole, in part, or not at all where the phone has it. The content is found by the digest
 * that the rule names, so nothing else can be served, and it never changes under its tag.
 */
export async function fileResponse(
  store: FileStore,
  offered: OfferedFile,
  request: FileRequest,
): Promise<Response> {
  const headers = describe(offered);
  if (isUnchanged(offered, request)) {
    return new Response(null, { status: 304, headers });
  }
  const { sizeBytes } = offered.file;
  const range = requestedRange(offered, request);
  if (range.kind === "unsatisfiable") {
    return new Response(null, {
      status: 416,
      headers: { ...headers, "content-range": `bytes */${sizeBytes}`, "content-length": "0" },
    });
  }
  const { start, end } = range.kind === "part" ? range : { start: 0, end: sizeBytes - 1 };
  const isEmpty = request.method === "HEAD" || sizeBytes === 0;
  const content = isEmpty ? null : await openContent(store, offered.file, { start, end });
  const body = content && request.follow(content, { start, end });
  const length = { "content-length": String(end - start + 1) };
  return range.kind === "part"
    ? new Response(body, {
        status: 206,
        headers: { ...headers, ...length, "content-range": `bytes ${start}-${end}/${sizeBytes}` },
      })
    : new Response(body, { headers: { ...headers, ...length } });
}

function describe({ file, releasedAt }: OfferedFile): Record<string, string> {
  const extension = /\.([^.]*)$/.exec(file.fileName)?.[1]?.toLowerCase() ?? "";
  return {
    "content-type": MEDIA_TYPES.get(extension) ?? "application/octet-stream",
    etag: toTag(file.sha256),
    "last-modified": releasedAt.toUTCString(),
    "accept-ranges": "bytes",
    // What a path leads to may be withdrawn at any moment, so caches have to ask.
    "cache-control": "no-cache",
    "x-content-type-options": "nosniff",
  };
}

function toTag(sha256: string): string {
  return `"${sha256}"`;
}

/** RFC 9110, section 13.1: the date counts only where there is no tag. */
function isUnchanged({ file, releasedAt }: OfferedFile, { header }: FileRequest): boolean {
  const tags = header("if-none-match");
  if (tags !== null) {
    return tags.split(",").some((tag) => matchesTag(tag.trim().replace(/^W\//, ""), file.sha256));
  }
  const since = Date.parse(header("if-modified-since") ?? "");
  return Math.floor(releasedAt.getTime() / 1000) * 1000 <= since;
}

function matchesTag(tag: string, sha256: string): boolean {
  return tag === "*" || tag === toTag(sha256);
}

/** A range is for `GET` alone, and only for the content that the phone has the other part of (`If-Range`). */
function requestedRange({ file, releasedAt }: OfferedFile, request: FileRequest): RequestedRange {
  const condition = request.header("if-range");
  const isSame =
    condition === null ||
    condition === toTag(file.sha256) ||
    condition === releasedAt.toUTCString();
  return request.method === "GET" && isSame
    ? parseByteRange(request.header("range"), file.sizeBytes)
    : { kind: "whole" };
}

async function openContent(
  store: FileStore,
  { sha256 }: OfferedFile["file"],
  range: ByteRange,
): Promise<ReadableStream<Uint8Array>> {
  const content = await store.open(sha256, range);
  if (content === null) {
    throw new AppError("unavailable", `The content of ${sha256} is missing from the store.`);
  }
  return content;
}
