/** The parts of a request's head that decide its limits. */
export type RequestHead = {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly hasBody: boolean;
  /** Whether it has a session cookie or an authorization header; they are not verified yet. */
  readonly hasCredentials: boolean;
};

/**
 * `none`: no body. `small`: the framework reads it into memory, so its size is limited before. `upload`: streamed to
 * the disk once the sender is known. `anonymous_upload`: refused unread.
 */
export type RequestLimits =
  | { readonly kind: "none" | "upload" | "anonymous_upload" }
  | { readonly kind: "small"; readonly maxBytes: number };

const KIB = 1024;
const UPLOAD_PATH = "/api/imports";
/** A sign-in takes some hundred bytes. */
export const MAX_ANONYMOUS_BODY_BYTES = 64 * KIB;
/** One MiB of JSON or of a form, whose exact limit the routes check, plus the overhead of a form's encoding. */
export const MAX_BODY_BYTES = 1024 * KIB + 64 * KIB;

export function decideRequestLimits(head: RequestHead): RequestLimits {
  const { method, path, hasBody, hasCredentials } = head;
  if (method === "POST" && path === UPLOAD_PATH) {
    return { kind: hasCredentials ? "upload" : "anonymous_upload" };
  }
  if (!hasBody) {
    return { kind: "none" };
  }
  return { kind: "small", maxBytes: hasCredentials ? MAX_BODY_BYTES : MAX_ANONYMOUS_BODY_BYTES };
}
