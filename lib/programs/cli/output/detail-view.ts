import type { Field } from "#programs/cli/output/fields";
import { toText } from "#programs/cli/output/fields";

/** One `Name : value` per line and a blank line between items, as PowerShell's Format-List prints. */
export function toDetailView<T>(items: readonly T[], fields: readonly Field<T>[]): string {
  const width = Math.max(...fields.map(({ name }) => name.length));
  const blocks = items.map((item) =>
    fields
      .map(({ name, of }) => `${name.padEnd(width)} : ${toText(of(item))}`.trimEnd())
      .join("\n"),
  );
  return `${blocks.join("\n\n")}\n`;
}
