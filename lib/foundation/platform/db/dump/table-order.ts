/** `from` has a foreign key to `to`. */
export type Reference = { readonly from: string; readonly to: string };

/**
 * Orders tables so that every table comes after those that it refers to; otherwise by name. Throws for a circle of
 * references, in which no order satisfies every foreign key.
 */
export function orderTables(
  tables: readonly string[],
  references: readonly Reference[],
): readonly string[] {
  const ordered: string[] = [];
  let waiting = tables.toSorted();
  while (waiting.length > 0) {
    const ready = waiting.filter((table) =>
      references.every(({ from, to }) => from !== table || from === to || !waiting.includes(to)),
    );
    if (ready.length === 0) {
      throw new Error(`These tables refer to each other in a circle: ${waiting.join(", ")}.`);
    }
    ordered.push(...ready);
    waiting = waiting.filter((table) => !ready.includes(table));
  }
  return ordered;
}
