import "server-only";
import { env } from "#foundation/platform/env";

/** Set by our own listener for TLS, and by proxies that end it in front of us. */
export const FORWARDED_SCHEME_HEADER = "x-forwarded-proto";

/**
 * Whether the browser reached the panel over https: as `PUBLIC_URL` says, else as this very request came, for the panel
 * is served over both. Whoever lies about its own request misses or gets a mark on its own cookies, and nothing else.
 */
export function isOverHttps(headers: Pick<Headers, "get">): boolean {
  const { PUBLIC_URL } = env();
  const [scheme = ""] = (headers.get(FORWARDED_SCHEME_HEADER) ?? "").split(",");
  return PUBLIC_URL === undefined ? scheme.trim() === "https" : PUBLIC_URL.startsWith("https:");
}
