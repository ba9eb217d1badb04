/**
 * The header that makes a browser keep a download under this name (RFC 6266): a plain name for old clients and the
 * exact one, percent-encoded, for the others.
 */
export function attachmentNamed(fileName: string): string {
  const plain = fileName.replaceAll(/[^\x20-\x7e]|["\\%]/g, "_");
  // RFC 8187 forbids these four as well, which the function leaves alone.
  const exact = encodeURIComponent(fileName.toWellFormed()).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
}
