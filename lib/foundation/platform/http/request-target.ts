/**
 * The target of a request (RFC 9112, 3.2) in normalised form. Every decision uses this form: which part of the service
 * answers, and which side of the firewall a path belongs to.
 */
export type RequestTarget =
  /** A path with its query. */
  | { readonly kind: "origin"; readonly url: string }
  /** The same after an authority, which clients send to proxies. */
  | { readonly kind: "absolute"; readonly authority: string; readonly url: string }
  | { readonly kind: "invalid" };

/** The form that nearly every client sends: no escapes, no segment that begins with a dot, no empty segment. */
const PLAIN = /^(?:\/[\w~!$&'()*+,;=:@-][\w.~!$&'()*+,;=:@-]*)+\/?(?:\?[^#]*)?$/;
const ABSOLUTE = /^https?:\/\/([^/?#]*)((?:[/?][^#]*)?)$/i;
/** Letters, digits and `-._~` mean the same with and without percent-encoding (RFC 3986, 6.2.2.2). */
const UNRESERVED = /%(?:2[DE]|3\d|[46][1-9A-F]|[57][\dA]|5F|7E)/gi;

export function readRequestTarget(target: string): RequestTarget {
  if (PLAIN.test(target)) {
    return { kind: "origin", url: target };
  }
  const [, authority, rest = ""] = ABSOLUTE.exec(target) ?? [];
  if (authority !== undefined) {
    const url = normalise(rest.startsWith("/") ? rest : `/${rest}`);
    return url === null ? { kind: "invalid" } : { kind: "absolute", authority, url };
  }
  const url = target.startsWith("/") ? normalise(target) : null;
  return url === null ? { kind: "invalid" } : { kind: "origin", url };
}

/** Whether the path of a target has a segment `..`, in any spelling. The normalised form does not show it. */
export function climbs(target: string): boolean {
  const [path = ""] = target.split("?", 1);
  return /(?:[/\\]|%2f|%5c)(?:\.|%2e){2}(?:[/\\]|%2f|%5c|$)/i.test(path);
}

/**
 * The path as Next and Hono would resolve it, so that they have nothing left to resolve: without dot segments,
 * backslashes, empty segments and needless escapes. Null for an invalid target.
 */
function normalise(target: string): string | null {
  if (target.includes("#")) {
    return null;
  }
  const mark = target.indexOf("?");
  const [path, query] = mark === -1 ? [target, ""] : [target.slice(0, mark), target.slice(mark)];
  return `${resolvePath(path)}${query}`;
}

/** Resolves a path as WHATWG URLs do, which read `%2e` as a dot and a backslash as a slash. */
function resolvePath(path: string): string {
  const { pathname } = new URL(`http://here.invalid${path}`);
  return pathname
    .replaceAll(UNRESERVED, (escape) => String.fromCharCode(Number.parseInt(escape.slice(1), 16)))
    .replaceAll(/\/{2,}/g, "/");
}

/**
 * The broadest reading of a path: fully decoded, including slashes, resolved again, in lower case. Only for deciding
 * which part of the service answers; the response itself uses the path unchanged.
 */
export function decodeFully(path: string): string {
  return resolvePath(decode(path).replaceAll("?", "%3F").replaceAll("#", "%23")).toLowerCase();
}

function decode(path: string): string {
  return tryDecode(path) ?? path;
}

/** Whether the escapes of a path are UTF-8. Next answers others with 500. */
export function isDecodable(path: string): boolean {
  return !path.includes("%") || tryDecode(path) !== null;
}

function tryDecode(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
