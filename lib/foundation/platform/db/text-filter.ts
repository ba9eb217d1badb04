import "server-only";
import { Prisma } from "#generated/client";
import { foldCase } from "#foundation/core/fold-case";
import { isSearchable } from "#foundation/core/search-text";

/**
 * The only place that says how a text is compared without regard to case or searched for. A lint rule refuses `contains`,
 * `startsWith`, `endsWith`, `mode: "insensitive"` and `ILIKE` elsewhere: Prisma escapes none of the wildcards.
 */

/** Whether a column holds one of the values in any case, as `foldCase` defines it. */
export function equalsIgnoringCase(column: Prisma.Sql, values: readonly string[]): Prisma.Sql {
  const folded = values.filter(isSearchable).map(foldCase);
  return Prisma.sql`lower(${column} COLLATE "C") = ANY(${folded})`;
}

/** Whether a column contains a text, without regard to case as the database's locale defines it. */
export function containsText(column: Prisma.Sql, text: string): Prisma.Sql {
  return isSearchable(text)
    ? Prisma.sql`${column} ILIKE ${`%${escapeWildcards(text)}%`}`
    : Prisma.sql`false`;
}

/** The same as a filter of Prisma's. */
export function containing(text: string): {
  readonly contains?: string;
  readonly mode?: "insensitive";
  readonly in?: [];
} {
  return isSearchable(text) ? { contains: escapeWildcards(text), mode: "insensitive" } : { in: [] };
}

/** `\`, `%` and `_` as characters of a pattern of LIKE. */
function escapeWildcards(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`);
}
