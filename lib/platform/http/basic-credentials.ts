export type BasicCredentials = { readonly name: string; readonly password: string };

const BASIC = /^Basic +([A-Za-z0-9+/]+={0,2})$/i;

/** Reads an `Authorization` header (RFC 7617, UTF-8); null where it holds no such credentials. */
export function parseBasicCredentials(header: string | null): BasicCredentials | null {
  const encoded = BASIC.exec(header ?? "")?.[1];
  if (encoded === undefined) {
    return null;
  }
  const decoded = decodeUtf8(encoded);
  const separator = decoded.indexOf(":");
  return separator < 1
    ? null
    : { name: decoded.slice(0, separator), password: decoded.slice(separator + 1) };
}

function decodeUtf8(base64: string): string {
  return Buffer.from(base64, "base64").toString("utf8");
}
