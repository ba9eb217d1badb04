import { isSameAuthority } from "#foundation/core/host-name";

const SAFE_METHODS: readonly string[] = ["GET", "HEAD", "OPTIONS"];

type RequestFacts = {
  readonly method: string;
  readonly headers: Pick<Headers, "get">;
  /** Names under which this service is reached besides the one the request was sent to, as in `Host`. */
  readonly ownHosts: readonly string[];
};

/**
 * Whether a page of another site made the browser send this request, with our cookies on it. Anything that can change
 * something is refused then. A request without the headers that every browser sends did not come from a browser, so
 * nobody's cookies were borrowed for it.
 */
export function isCrossSite({ method, headers, ownHosts }: RequestFacts): boolean {
  if (SAFE_METHODS.includes(method.toUpperCase()) || bearsToken(headers)) {
    return false;
  }
  // Cannot be set by scripts, but is sent only over https and to localhost.
  const site = headers.get("sec-fetch-site");
  if (site !== null) {
    // Another host of the same domain ("same-site") may belong to somebody else.
    return site !== "same-origin" && site !== "none";
  }
  const origin = headers.get("origin");
  if (origin === null) {
    return false;
  }
  const host = hostOf(origin);
  const own = [headers.get("host") ?? "", ...ownHosts];
  return host === null || !own.some((name) => isSameAuthority(name, host));
}

/** Browsers add cookies by themselves, but never this header: whoever sends it acts on purpose. */
function bearsToken(headers: Pick<Headers, "get">): boolean {
  return /^bearer\s/iu.test(headers.get("authorization") ?? "");
}

/** `null`, the origin of sandboxed pages, is no URL and so nobody's host. */
function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
