import { isSameAuthority } from "#foundation/core/host-name";

const SAFE_METHODS: readonly string[] = ["GET", "HEAD", "OPTIONS"];

type RequestFacts = {
  readonly method: string;
  readonly headers: Pick<Headers, "get">;
  /** Further `Host` values under which this service is reached. */
  readonly ownHosts: readonly string[];
};

/**
 * Whether a page of another site made the browser send this request, with the cookies of this service. Requests that
 * can change something are then refused. A request without the headers that every browser sends does not come from a
 * browser, so it does not use a browser's cookies.
 */
export function isCrossSite({ method, headers, ownHosts }: RequestFacts): boolean {
  if (SAFE_METHODS.includes(method.toUpperCase()) || bearsToken(headers)) {
    return false;
  }
  // Scripts cannot set this header, but browsers send it only over HTTPS and to localhost.
  const site = headers.get("sec-fetch-site");
  if (site !== null) {
    // "same-site": another host of the same domain, which may belong to another owner.
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

/** Browsers add cookies by themselves, but never a bearer token, so its sender acts on purpose. */
function bearsToken(headers: Pick<Headers, "get">): boolean {
  return /^bearer\s/iu.test(headers.get("authorization") ?? "");
}

/** `null`, the origin of sandboxed pages, is not a URL and matches no host. */
function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
