/** A value inside a filter (RFC 4515, section 3): what has a meaning there is written as its code. */
export function escapeFilterValue(value: string): string {
  return value.replaceAll(/[\\*()\0]/g, (character) => `\\${toHex(character)}`);
}

/** A value inside a distinguished name (RFC 4514, section 2.4). */
export function escapeDnValue(value: string): string {
  const escaped = value.replaceAll(/[\\"+,;<=>]/g, (character) => `\\${character}`);
  return escaped
    .replaceAll("\0", String.raw`\00`)
    .replace(/^[ #]/, (character) => `\\${character}`)
    .replace(/(?<!\\) $/, String.raw`\ `);
}

function toHex(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(2, "0");
}
