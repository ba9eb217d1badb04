import "server-only";
import type { OfferedFile } from "#phones/check/rule-table";
import type { ByteRange } from "#firmware/files/model";
import type { RequestedRange } from "#foundation/platform/http/byte-range";
import { parseHttpDate } from "#foundation/platform/http/http-date";
import { parseByteRange } from "#foundation/platform/http/byte-range";

/** The parts of a file request besides its path. */
export type FileRequest = {
  readonly method: string;
  readonly header: (name: string) => string | null;
};

/**
 * Media types that phones need. Administrators of the original had to configure them by hand (device-protocol.md, 2.2).
 */
const MEDIA_TYPES: ReadonlyMap<string, string> = new Map([
  ["nbt", "binary/octet-stream"],
  ["cat", "binary/octet-stream"],
  ["xml", "text/xml"],
]);

/** The response to a file request, without the content. */
export type FileAnswer = {
  readonly status: 200 | 206 | 304 | 412 | 416;
  readonly headers: Readonly<Record<string, string>>;
  /** The bytes of the body; null for an empty body. */
  readonly range: ByteRange | null;
};

/**
 * Answers a file request with the whole file, a range, 304 if the phone already has it, or 412 if it wants another one: in
 * the order of RFC 9110, 13.2.2. The content is found by the
 * digest in the rule, so no other content can be served, and the content of an ETag never changes.
 */
export function answerFile(offered: OfferedFile, request: FileRequest): FileAnswer {
  const headers = describe(offered);
  if (isAnother(offered, request)) {
    return { status: 412, headers: { ...headers, "content-length": "0" }, range: null };
  }
  if (isUnchanged(offered, request)) {
    return { status: 304, headers, range: null };
  }
  const { sizeBytes } = offered.file;
  const range = requestedRange(offered, request);
  if (range.kind === "unsatisfiable") {
    const unsatisfiable = { "content-range": `bytes */${sizeBytes}`, "content-length": "0" };
    return { status: 416, headers: { ...headers, ...unsatisfiable }, range: null };
  }
  const { start, end } = range.kind === "part" ? range : { start: 0, end: sizeBytes - 1 };
  const length = { "content-length": String(end - start + 1) };
  const sent = request.method === "HEAD" || sizeBytes === 0 ? null : { start, end };
  return range.kind === "part"
    ? {
        status: 206,
        headers: { ...headers, ...length, "content-range": `bytes ${start}-${end}/${sizeBytes}` },
        range: sent,
      }
    : { status: 200, headers: { ...headers, ...length }, range: sent };
}

function describe({ file, releasedAt }: OfferedFile): Record<string, string> {
  const extension = /\.([^.]*)$/.exec(file.fileName)?.[1]?.toLowerCase() ?? "";
  return {
    "content-type": MEDIA_TYPES.get(extension) ?? "application/octet-stream",
    etag: toTag(file.sha256),
    "last-modified": releasedAt.toUTCString(),
    "accept-ranges": "bytes",
    // A file can be withdrawn at any time, so caches must revalidate.
    "cache-control": "no-cache",
    "x-content-type-options": "nosniff",
  };
}

function toTag(sha256: string): string {
  return `"${sha256}"`;
}

/** If-Unmodified-Since is ignored if If-Match is present. A weak tag matches nothing: the bytes have to be the same. */
function isAnother(offered: OfferedFile, { header }: FileRequest): boolean {
  const tags = header("if-match");
  if (tags !== null) {
    return !hasTag(tags, offered);
  }
  const since = parseHttpDate(header("if-unmodified-since") ?? "");
  return since !== null && modifiedAtMs(offered) > since;
}

/** If-Modified-Since is ignored if If-None-Match is present. */
function isUnchanged(offered: OfferedFile, { header }: FileRequest): boolean {
  const tags = header("if-none-match");
  if (tags !== null) {
    return hasTag(tags.replaceAll("W/", ""), offered);
  }
  const since = parseHttpDate(header("if-modified-since") ?? "");
  return since !== null && modifiedAtMs(offered) <= since;
}

function hasTag(tags: string, { file: { sha256 } }: OfferedFile): boolean {
  const known = ["*", toTag(sha256)];
  return tags.split(",").some((tag) => known.includes(tag.trim()));
}

/** As in Last-Modified, which has no fractions of a second. */
function modifiedAtMs({ releasedAt }: OfferedFile): number {
  return Math.floor(releasedAt.getTime() / 1000) * 1000;
}

/** A range applies to `GET` only, and only if `If-Range` names the current content. */
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
