/** What a request for the panel or its API says before its body, as far as its limits depend on it. */
export type RequestHead = {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly hasBody: boolean;
  /** Brings a session or a token; whether they are good is not known yet. */
  readonly hasCredentials: boolean;
};

/**
 * `none`: no body. `small`: read into memory by the framework, so it is bounded before that. `upload`: streamed to the
 * disk, once the sender is known. `anonymous_upload`: refused unread.
 */
export type RequestLimits =
  | { readonly kind: "none" | "upload" | "anonymous_upload" }
  | { readonly kind: "small"; readonly maxBytes: number };

const KIB = 1024;
const UPLOAD_PATH = "/api/imports";
/** A sign-in is some hundred bytes. */
export const MAX_ANONYMOUS_BODY_BYTES = 64 * KIB;
/** One MiB of JSON or of a form, which the routes check exactly, and what a form adds around its fields. */
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
