import "server-only";
import { Prisma } from "#generated/client";
import { foldCase } from "#foundation/core/fold-case";
import { isSearchable } from "#foundation/core/search-text";

/**
 * The only file that compares texts without regard to case or searches in them. A lint rule refuses `contains`,
 * `startsWith`, `endsWith`, `mode: "insensitive"` and `ILIKE` elsewhere, because Prisma does not escape wildcards.
 */

/** Whether a column equals one of the values without regard to case, as `foldCase` defines it. */
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

/** The same for an expression that is already in lower case, such as one that an index of trigrams has. */
export function containsFolded(expression: Prisma.Sql, text: string): Prisma.Sql {
  return isSearchable(text)
    ? Prisma.sql`${expression} LIKE lower(${`%${escapeWildcards(text)}%`})`
    : Prisma.sql`false`;
}

/** The same as a Prisma filter. */
export function containing(text: string): {
  readonly contains?: string;
  readonly mode?: "insensitive";
  readonly in?: [];
} {
  return isSearchable(text) ? { contains: escapeWildcards(text), mode: "insensitive" } : { in: [] };
}

/** Escapes `\`, `%` and `_` for a LIKE pattern. */
function escapeWildcards(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`);
}
