import type { Field, FieldValue } from "#programs/cli/output/fields";
import { jsonKey } from "#programs/cli/output/fields";

/** Formats a JSON array, also for one item, so that scripts need not handle two shapes. */
export function toJson<T>(items: readonly T[], fields: readonly Field<T>[]): string {
  return formatJson(items.map((item) => toJsonObject(item, fields)));
}

export function toJsonObject<T>(
  item: T,
  fields: readonly Field<T>[],
): Readonly<Record<string, FieldValue>> {
  return Object.fromEntries(fields.map(({ name, of }) => [jsonKey(name), of(item)]));
}

export function formatJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
