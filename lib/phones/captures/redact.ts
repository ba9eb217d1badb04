import type { CapturedHeader } from "#phones/captures/model";

/** What stands where a secret stood. */
export const REMOVED = "[removed]";

/** Names that hold secrets, wherever they stand; compared without case, `-` and `_`. */
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
/** A scheme says which kind of credentials a phone has, and nothing about them. */
const SCHEME = /^(?:Basic|Bearer|Digest|NTLM|Negotiate|Kerberos|TLS-DSK)(?=\s|$)/i;

// Strangers write what these read, so each takes linear time: every character is looked at from few starts.
const SELF_CLOSED = /<([\w.:-]+)(\s[^<>]*)?\/>/g;
const ELEMENT = /<([\w.:-]+)(?:\s[^<>]*)?>/g;
/** Up to its value, which is not passed over: after a quote that is never closed, attributes may follow. */
const ATTRIBUTE = /(?<![\w.:-])([\w.:-]+)\s*=\s*(?=["'])/g;
const JSON_MEMBER = /("([^"\\]{1,64})"\s*:\s*)("(?:[^"\\]|\\[^])*(?:"|\\?$)|[^\s,}\]"{[]+)/g;
const JSON_COMPOUND = /"([^"\\]{1,64})"\s*:\s*(?=[{[])/g;
const JSON_TEXT_OR_BRACKET = /"(?:[^"\\]|\\[^])*(?:"|\\?$)|[{}[\]]/g;
const FORM_FIELD = /(^|[?&;\s])([^=&;?\s<>"']{1,64})=([^&;\s<>"']*)/g;
const PART_NAME = /name="([^"]*)/g;
const EMPTY_LINE = /\n\r?\n/g;
const NEXT_BOUNDARY = /\r?\n--/g;
const USER_INFO = /(?<=[a-z\d+.-]:\/\/)[^\s/?#@"'<>]+@/gi;
/** An end tag is looked for by as much of its name. */
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

/** A path with its query, or a header that may hold a URL. */
export function redactUrl(url: string): string {
  return url
    .replaceAll(USER_INFO, `${REMOVED}@`)
    .replaceAll(FORM_FIELD, (all: string, before: string, name: string) =>
      isSecretName(decodeName(name)) ? `${before}${name}=${REMOVED}` : all,
    );
}

/**
 * Takes out of a body what is named like a secret, in whichever of the forms phones may send: XML, JSON, a form, parts.
 * What a secret element or member contains goes with it, also where it is cut off before its end.
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

/** A secret object or list goes as a whole, up to the bracket that closes it. */
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

/** The body of a part whose head names a secret: from the empty line that ends the head to the next boundary. */
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

/** Attributes that are named like a secret, and the `value` after a `name` that is: `name="password" value="…"`. */
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

/** After the closing quote, or the end of a text that is cut off. */
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
