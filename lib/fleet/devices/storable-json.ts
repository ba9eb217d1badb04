/** A NUL or half a surrogate pair, as JSON spells them. */
const UNSTORABLE_ESCAPE = /\\u(?:0000|d[89a-f])/i;

/**
 * JSON that PostgreSQL takes as `jsonb`, which holds neither NUL nor halves of surrogate pairs. Phones may send both;
 * one of them must not keep a whole batch from being written.
 */
export function toStorableJson(value: unknown): string {
  const json = JSON.stringify(value);
  return UNSTORABLE_ESCAPE.test(json) ? JSON.stringify(value, toStorable) : json;
}

function toStorable(_key: string, value: unknown): unknown {
  return typeof value === "string" ? value.replaceAll("\0", "\uFFFD").toWellFormed() : value;
}
