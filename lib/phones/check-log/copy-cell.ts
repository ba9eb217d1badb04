import { toStorableJson } from "#fleet/devices/storable-json";

/** Cells of the text format of `COPY` (PostgreSQL manual, "COPY"). */

/** Characters with a meaning in the format, and U+0000, which PostgreSQL cannot store. */
const SPECIAL = /[\\\t\n\r\0]/;
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["\t", String.raw`\t`],
  ["\n", String.raw`\n`],
  ["\r", String.raw`\r`],
  ["\0", "\uFFFD"],
]);

export function copyCell(value: string | null): string {
  if (value === null) {
    return String.raw`\N`;
  }
  return SPECIAL.test(value) ? escapeCell(value) : value;
}

export function copyJsonCell(items: readonly object[]): string {
  return items.length === 0 ? "[]" : copyCell(toStorableJson(items));
}

/** Most checks contain a backslash, as in `CONTOSO\adamb`, so it is replaced without a look-up. */
function escapeCell(value: string): string {
  const escaped = value.replaceAll("\\", String.raw`\\`);
  return /[\t\n\r\0]/.test(escaped)
    ? escaped.replaceAll(/[\t\n\r\0]/g, (character) => ESCAPES.get(character) ?? "")
    : escaped;
}
