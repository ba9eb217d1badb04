/** Escapes a value for a filter (RFC 4515, section 3): special characters become their hex code. */
export function escapeFilterValue(value: string): string {
  return value.replaceAll(/[\\*()\0]/g, (character) => `\\${toHex(character)}`);
}

/** Escapes a value for a distinguished name (RFC 4514, section 2.4). */
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
