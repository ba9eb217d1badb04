import type { CapturedHeader } from "#lib/captures/model";

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

const NAME = String.raw`[\w.:-]+`;
const SELF_CLOSED = new RegExp(String.raw`<(${NAME})(\s[^<>]*)?/>`, "g");
const ELEMENT = new RegExp(String.raw`<(${NAME})(\s[^<>]*)?>`, "g");
const ATTRIBUTE = new RegExp(String.raw`(\s)(${NAME})(\s*=\s*)("[^"]*(?:"|$)|'[^']*(?:'|$))`, "g");
const NAMED_VALUE =
  /(<[^<>]*\b(?:name|key|id)\s*=\s*["']([^"']*)["'][^<>]*\bvalue\s*=\s*)("[^"]*(?:"|$)|'[^']*(?:'|$))/gi;
const JSON_MEMBER = /("([^"\\]{1,64})"\s*:\s*)("(?:[^"\\]|\\.)*(?:"|$)|[^\s,}\]"{[]+)/g;
const JSON_COMPOUND = /"([^"\\]{1,64})"\s*:\s*(?=[{[])/g;
const FORM_FIELD = /(^|[?&;\s])([^=&;?\s<>"']{1,64})=([^&;\s<>"']*)/g;
const MULTIPART_FIELD =
  /(name="([^"]*)"[^\r\n]*\r?\n(?:[^\r\n]+\r?\n)*\r?\n)([\s\S]*?)(?=\r?\n--|$)/g;
const USER_INFO = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/?#@"'<>]+@/gi;

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
    .replaceAll(USER_INFO, `$1${REMOVED}@`)
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
  const withoutMembers = redactCompounds(withoutElements)
    .replaceAll(JSON_MEMBER, (all: string, before: string, name: string) =>
      isSecretName(name) ? `${before}"${REMOVED}"` : all,
    )
    .replaceAll(MULTIPART_FIELD, (all: string, before: string, name: string) =>
      isSecretName(name) ? before + REMOVED : all,
    );
  return redactUrl(
    withoutMembers
      .replaceAll(NAMED_VALUE, (all: string, before: string, name: string) =>
        isSecretName(name) ? `${before}"${REMOVED}"` : all,
      )
      .replaceAll(ATTRIBUTE, (all: string, ...parts: string[]) => {
        const [space = "", name = "", equals = ""] = parts;
        return isSecretName(name) ? `${space}${name}${equals}"${REMOVED}"` : all;
      }),
  );
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
      const end = text.indexOf(`</${name}`, match.index + head.length);
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
  const part = /"(?:[^"\\]|\\.)*(?:"|$)|[{}[\]]/g;
  part.lastIndex = start;
  let depth = 0;
  for (let match = part.exec(text); match !== null; match = part.exec(text)) {
    depth +=
      match[0] === "{" || match[0] === "[" ? 1 : match[0] === "}" || match[0] === "]" ? -1 : 0;
    if (depth === 0) {
      return part.lastIndex;
    }
  }
  return text.length;
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
