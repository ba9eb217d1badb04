import "server-only";
import { env } from "#foundation/platform/env";

/** Set by the TLS listener of this process, and by proxies that terminate TLS. */
export const FORWARDED_SCHEME_HEADER = "x-forwarded-proto";

/**
 * Whether the browser reached the panel over HTTPS: as `PUBLIC_URL` says, else as this request says, because the panel
 * is served over both. A client that forges this header changes only the flags of its own cookies.
 */
export function isOverHttps(headers: Pick<Headers, "get">): boolean {
  const { PUBLIC_URL } = env();
  const [scheme = ""] = (headers.get(FORWARDED_SCHEME_HEADER) ?? "").split(",");
  return PUBLIC_URL === undefined ? scheme.trim() === "https" : PUBLIC_URL.startsWith("https:");
}

/** Host names of the panel when a proxy sends another name in `Host`. */
export function ownHosts(): readonly string[] {
  const { PUBLIC_URL } = env();
  return PUBLIC_URL === undefined ? [] : [new URL(PUBLIC_URL).host];
}

/**
 * Headers in which the proxy (`proxy.ts`) passes facts about the request to pages. It sets both on every request, so a
 * client cannot.
 */
export const NONCE_HEADER = "x-nonce";
export const PATH_HEADER = "x-path";
