/** The start page after a sign-in. */
export const HOME_PATH = "/home";

/** A placeholder for this service while a path is resolved. No host can have a name under `.invalid` (RFC 2606). */
const HERE = "http://here.invalid";

/**
 * The path if it stays on this service, else the start page. A path that a browser would resolve to another host, in
 * any spelling, resolves to another origin here.
 */
export function safeCallbackPath(value: unknown): string {
  if (typeof value !== "string" || !value.startsWith("/") || !URL.canParse(value, HERE)) {
    return HOME_PATH;
  }
  const { origin, pathname, search, hash } = new URL(value, HERE);
  const isElsewhere = origin !== HERE || pathname.startsWith("//");
  return isElsewhere || isNoPage(pathname) ? HOME_PATH : `${pathname}${search}${hash}`;
}

/** A sign-in must not lead back to the sign-in page or to a path that is not a page. The root only redirects. */
function isNoPage(pathname: string): boolean {
  if (pathname === "/") {
    return true;
  }
  return ["/sign-in", "/api", "/_next"].some(
    (prefix) => pathname === prefix || pathname.startsWith(`${prefix}/`),
  );
}

/** The path of the sign-in page that leads back to `path` afterwards. */
export function signInPath(path: string): string {
  const callback = safeCallbackPath(path);
  return callback === HOME_PATH
    ? "/sign-in"
    : `/sign-in?${new URLSearchParams({ callbackUrl: callback }).toString()}`;
}
