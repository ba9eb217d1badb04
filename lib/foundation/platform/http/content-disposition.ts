/**
 * The header that makes a browser save a download under this name (RFC 6266): an ASCII name for old clients, and the
 * exact name, percent-encoded, for the others.
 */
export function attachmentNamed(fileName: string): string {
  const plain = fileName.replaceAll(/[^\x20-\x7e]|["\\%]/g, "_");
  // RFC 8187 also forbids these four characters, which `encodeURIComponent` does not escape.
  const exact = encodeURIComponent(fileName.toWellFormed()).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
}
