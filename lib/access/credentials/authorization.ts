/** The parsed `Authorization` header of a phone. */
export type Authorization =
  | { readonly kind: "none" }
  | { readonly kind: "basic"; readonly name: string; readonly password: string }
  | { readonly kind: "token"; readonly secret: string }
  | { readonly kind: "ntlm"; readonly message: string }
  /** A header that this service does not understand. Not the same as `none`. */
  | { readonly kind: "unknown" };

type TokenForms = {
  /** The user name which means that the password is a token. */
  readonly userName: string;
  readonly prefix: string;
};

const SCHEME = /^([A-Za-z]+) +(\S+)$/;
const MAX_HEADER_LENGTH = 20_000;

/** Longer than any directory name. Limited because names are kept in memory while their attempts are counted. */
const MAX_USER_NAME_LENGTH = 512;

/** Parses the header (RFC 9110, 11.6.2). A token is sent as `Bearer`, or as the password of a fixed user name. */
export function readAuthorization(header: string | null, token: TokenForms): Authorization {
  if (header === null || header.trim() === "") {
    return { kind: "none" };
  }
  const match = header.length > MAX_HEADER_LENGTH ? null : SCHEME.exec(header.trim());
  const [, scheme = "", value = ""] = match ?? [];
  switch (scheme.toLowerCase()) {
    case "basic":
      return readBasic(value, token);
    case "bearer":
      return { kind: "token", secret: value };
    case "ntlm":
      return { kind: "ntlm", message: value };
    default:
      return { kind: "unknown" };
  }
}

/** RFC 7617: the name contains no colon, so the first colon ends it. */
function readBasic(encoded: string, token: TokenForms): Authorization {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) {
    return { kind: "unknown" };
  }
  const decoded = decodeBase64(encoded);
  // Phones send `sip:adamb@contoso.com:password` for a name that contains a colon.
  const start = /^sip:/i.test(decoded) ? "sip:".length : 0;
  const separator = decoded.indexOf(":", start);
  if (separator <= start || separator > MAX_USER_NAME_LENGTH) {
    return { kind: "unknown" };
  }
  const name = decoded.slice(0, separator);
  const password = decoded.slice(separator + 1);
  return name === token.userName && password.startsWith(token.prefix)
    ? { kind: "token", secret: password }
    : { kind: "basic", name, password };
}

function decodeBase64(encoded: string): string {
  return Buffer.from(encoded, "base64").toString("utf8");
}
