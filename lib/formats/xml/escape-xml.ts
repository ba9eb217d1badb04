const NEEDS_ESCAPE = /[&<>"'\p{Cc}\uFFFE\uFFFF]/u;

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&apos;"],
  ["\t", "&#9;"],
  ["\n", "&#10;"],
  ["\r", "&#13;"],
]);

/** Escapes text for an element or an attribute. Removes characters that XML 1.0 (2.2) does not allow. */
export function escapeXml(text: string): string {
  return NEEDS_ESCAPE.test(text)
    ? text.replace(/[&<>"'\p{Cc}\uFFFE\uFFFF]/gu, (character) =>
        character >= "\u007F" && character <= "\u009F" ? character : (ESCAPES.get(character) ?? ""),
      )
    : text;
}
