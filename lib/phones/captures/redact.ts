import type { CapturedHeader } from "#phones/captures/model";

/** The replacement for a secret. */
export const REMOVED = "[removed]";

/** Parts of names of secrets, at any position; compared without regard to case, `-`, `_` and `.`. */
const SECRET_WORDS = [
  "passw",
  "passphrase",
  "pwd",
  "secret",
  "token",
  "credential",
  "ticket",
  "apikey",
  "privatekey",
  "accesskey",
  "sessionid",
  "authoriz",
  "authentic",
  "cookie",
] as const;
const SECRET_NAMES: ReadonlySet<string> = new Set(["pass", "pin", "auth", "sig", "jwt"]);
/** The scheme names the kind of credentials, which is not a secret. */
const SCHEME = /^(?:Basic|Bearer|Digest|NTLM|Negotiate|Kerberos|TLS-DSK)(?=\s|$)/i;

// The input is untrusted, so each pattern takes linear time: it reads each character from a few start positions only.
const SELF_CLOSED = /<([\w.:-]+)(\s[^<>]*)?\/>/g;
const ELEMENT = /<([\w.:-]+)(?:\s[^<>]*)?>/g;
/** Matches up to the value, but does not consume it: further attributes may follow an unclosed quote. */
const ATTRIBUTE = /(?<![\w.:-])([\w.:-]+)\s*=\s*(?=["'])/g;
const JSON_MEMBER = /("([^"\\]{1,64})"\s*:\s*)("(?:[^"\\]|\\[^])*(?:"|\\?$)|[^\s,}\]"{[]+)/g;
const JSON_COMPOUND = /"([^"\\]{1,64})"\s*:\s*(?=[{[])/g;
const JSON_TEXT_OR_BRACKET = /"(?:[^"\\]|\\[^])*(?:"|\\?$)|[{}[\]]/g;
const FORM_FIELD = /(^|[?&;\s])([^=&;?\s<>"']{1,64})=([^&;\s<>"']*)/g;
const PART_NAME = /name="([^"]*)/g;
const EMPTY_LINE = /\n\r?\n/g;
const NEXT_BOUNDARY = /\r?\n--/g;
const USER_INFO = /(?<=[a-z\d+.-]:\/\/)[^\s/?#@"'<>]+@/gi;
/** The maximum length of an element name in the search for its end tag. */
const MAX_END_TAG_CHARACTERS = 128;

export function isSecretName(name: string): boolean {
  const plain = name
    .slice(name.lastIndexOf(":") + 1)
    .replaceAll(/[-_.]/g, "")
    .toLowerCase();
  return SECRET_NAMES.has(plain) || SECRET_WORDS.some((word) => plain.includes(word));
}

export function redactHeaders(headers: readonly CapturedHeader[]): readonly CapturedHeader[] {
  return headers.map(([name, value]) => [
    name,
    isSecretName(name) ? redactCredentials(value) : redactUrl(value),
  ]);
}

/** Redacts a path with its query, or a header that may contain a URL. */
export function redactUrl(url: string): string {
  return url
    .replaceAll(USER_INFO, `${REMOVED}@`)
    .replaceAll(FORM_FIELD, (all: string, before: string, name: string) =>
      isSecretName(decodeName(name)) ? `${before}${name}=${REMOVED}` : all,
    );
}

/**
 * Removes all values with the name of a secret from a body, in the formats that phones may send: XML, JSON, form fields
 * and multipart. The whole content of a secret element or member is removed, even if the body is truncated inside it.
 */
export function redactBody(body: string): string {
  const withoutElements = redactElements(body.replaceAll(SELF_CLOSED, removeSelfClosed));
  const withoutMembers = redactCompounds(withoutElements).replaceAll(
    JSON_MEMBER,
    (all: string, before: string, name: string) =>
      isSecretName(name) ? `${before}"${REMOVED}"` : all,
  );
  return redactUrl(redactAttributes(redactParts(withoutMembers)));
}

function redactCredentials(value: string): string {
  const scheme = SCHEME.exec(value.trim())?.[0];
  return scheme === undefined ? REMOVED : `${scheme} ${REMOVED}`;
}

function removeSelfClosed(all: string, name: string, attributes?: string): string {
  return isSecretName(name) && attributes !== undefined ? `<${name}>${REMOVED}</${name}>` : all;
}

function redactElements(text: string): string {
  let redacted = "";
  let rest = 0;
  for (const match of text.matchAll(ELEMENT)) {
    const [head, name = ""] = match;
    if (match.index >= rest && isSecretName(name)) {
      const endTag = `</${name.slice(0, MAX_END_TAG_CHARACTERS)}`;
      const end = text.indexOf(endTag, match.index + head.length);
      redacted += `${text.slice(rest, match.index)}<${name}>${REMOVED}`;
      rest = end === -1 ? text.length : end;
    }
  }
  return redacted + text.slice(rest);
}

/** Removes a secret object or list up to its closing bracket. */
function redactCompounds(text: string): string {
  let redacted = "";
  let rest = 0;
  for (const match of text.matchAll(JSON_COMPOUND)) {
    const [head, name = ""] = match;
    if (match.index >= rest && isSecretName(name)) {
      const start = match.index + head.length;
      redacted += `${text.slice(rest, start)}"${REMOVED}"`;
      rest = endOfCompound(text, start);
    }
  }
  return redacted + text.slice(rest);
}

function endOfCompound(text: string, start: number): number {
  JSON_TEXT_OR_BRACKET.lastIndex = start;
  let depth = 0;
  let match = JSON_TEXT_OR_BRACKET.exec(text);
  while (match !== null) {
    depth +=
      match[0] === "{" || match[0] === "[" ? 1 : match[0] === "}" || match[0] === "]" ? -1 : 0;
    if (depth === 0) {
      return JSON_TEXT_OR_BRACKET.lastIndex;
    }
    match = JSON_TEXT_OR_BRACKET.exec(text);
  }
  return text.length;
}

/**
 * Removes the body of a part whose header names a secret: from the empty line after the header to the next boundary.
 */
function redactParts(text: string): string {
  let redacted = "";
  let rest = 0;
  let headStart = 0;
  for (const match of text.matchAll(EMPTY_LINE)) {
    const start = match.index + match[0].length;
    if (match.index >= rest && namesSecretPart(text.slice(headStart, match.index))) {
      redacted += text.slice(rest, start) + REMOVED;
      rest = indexOfMatch(NEXT_BOUNDARY, text, start);
    }
    headStart = Math.max(start, rest);
  }
  return redacted + text.slice(rest);
}

function namesSecretPart(head: string): boolean {
  return [...head.matchAll(PART_NAME)].some(([, name = ""]) => isSecretName(name));
}

function indexOfMatch(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.exec(text)?.index ?? text.length;
}

/** Removes attributes with the name of a secret, and the `value` after such a `name`: `name="password" value="…"`. */
function redactAttributes(text: string): string {
  let redacted = "";
  let rest = 0;
  let isSecretNamed = false;
  let previousEnd = 0;
  for (const match of text.matchAll(ATTRIBUTE)) {
    const [head, name = ""] = match;
    if (match.index < rest) {
      continue;
    }
    const start = match.index + head.length;
    const end = endOfQuoted(text, start);
    isSecretNamed &&= !TAG_LIMIT.test(text.slice(previousEnd, match.index));
    if (isSecretName(name) || (isSecretNamed && VALUE_NAME.test(name))) {
      redacted += `${text.slice(rest, start)}"${REMOVED}"`;
      rest = end;
    } else if (NAMING_NAME.test(name)) {
      isSecretNamed ||= isSecretName(text.slice(start + 1, end - 1));
    }
    previousEnd = start;
  }
  return redacted + text.slice(rest);
}

const TAG_LIMIT = /[<>]/;
const NAMING_NAME = /(?:^|[.:-])(?:name|key|id)$/i;
const VALUE_NAME = /(?:^|[.:-])value$/i;

/** The offset after the closing quote; the end of the text if it is truncated. */
function endOfQuoted(text: string, start: number): number {
  const end = text.indexOf(text.charAt(start), start + 1);
  return end === -1 ? text.length : end + 1;
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
