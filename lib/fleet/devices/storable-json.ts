/** The JSON escapes of NUL and of unpaired surrogates. */
const UNSTORABLE_ESCAPE = /\\u(?:0000|d[89a-f])/i;

/**
 * Encodes JSON that PostgreSQL accepts as `jsonb`, which allows neither NUL nor unpaired surrogates. Phones may send
 * both, and one such value would make the write of a whole batch fail.
 */
export function toStorableJson(value: unknown): string {
  const json = JSON.stringify(value);
  return UNSTORABLE_ESCAPE.test(json) ? JSON.stringify(value, toStorable) : json;
}

function toStorable(_key: string, value: unknown): unknown {
  return typeof value === "string" ? value.replaceAll("\0", "\uFFFD").toWellFormed() : value;
}
