/** Where people start. */
export const HOME_PATH = "/updates/pending";

/** Stands for this service while an address is resolved; nobody can own a name under `.invalid` (RFC 2606). */
const HERE = "http://here.invalid";

/** Anything the address bar could be made to leave us with, however it is spelt, resolves to another origin. */
export function safeCallbackPath(value: unknown): string {
  if (typeof value !== "string" || !value.startsWith("/") || !URL.canParse(value, HERE)) {
    return HOME_PATH;
  }
  const { origin, pathname, search, hash } = new URL(value, HERE);
  const isElsewhere = origin !== HERE || pathname.startsWith("//");
  return isElsewhere || isNoPage(pathname) ? HOME_PATH : `${pathname}${search}${hash}`;
}

/** Signing in must not lead back to signing in, nor to something that is no page. The root only leads on. */
function isNoPage(pathname: string): boolean {
  if (pathname === "/") {
    return true;
  }
  return ["/sign-in", "/api", "/_next"].some(
    (prefix) => pathname === prefix || pathname.startsWith(`${prefix}/`),
  );
}

/** The address of the sign-in page that leads back to `path` afterwards. */
export function signInPath(path: string): string {
  const callback = safeCallbackPath(path);
  return callback === HOME_PATH
    ? "/sign-in"
    : `/sign-in?${new URLSearchParams({ callbackUrl: callback }).toString()}`;
}
