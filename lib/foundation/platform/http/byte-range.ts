/** The part of some content that a `Range` header requests; both ends are inclusive. */
export type RequestedRange =
  | { readonly kind: "whole" }
  | { readonly kind: "part"; readonly start: number; readonly end: number }
  | { readonly kind: "unsatisfiable" };

const WHOLE = { kind: "whole" } as const;
const UNSATISFIABLE = { kind: "unsatisfiable" } as const;
const SINGLE_RANGE = /^bytes=[\t ]*(\d*)-(\d*)[\t ]*$/i;

/**
 * Parses a `Range` header (RFC 9110, section 14). A single byte range is honoured. Several ranges, other units and
 * invalid headers mean the whole content, as the standard allows.
 */
export function parseByteRange(header: string | null, sizeBytes: number): RequestedRange {
  const [, first = "", last = ""] = SINGLE_RANGE.exec(header ?? "") ?? [];
  if (first === "") {
    return last === "" ? WHOLE : suffixRange(Number(last), sizeBytes);
  }
  const start = Number(first);
  const end = last === "" ? Infinity : Number(last);
  if (end < start) {
    return WHOLE;
  }
  return start < sizeBytes
    ? { kind: "part", start, end: Math.min(end, sizeBytes - 1) }
    : UNSATISFIABLE;
}

/** `bytes=-500`: the last 500 bytes, or all bytes of shorter content. */
function suffixRange(length: number, sizeBytes: number): RequestedRange {
  return length === 0 || sizeBytes === 0
    ? UNSATISFIABLE
    : { kind: "part", start: Math.max(0, sizeBytes - length), end: sizeBytes - 1 };
}
