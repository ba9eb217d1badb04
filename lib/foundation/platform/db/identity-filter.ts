import "server-only";
import { Prisma } from "#generated/client";
import { toMacDigits } from "#foundation/core/search-text";
import { containsFolded, containsText } from "#foundation/platform/db/text-filter";

/**
 * Conditions of which one is true if a MAC address, serial number, address or user contains a text. The row has the index
 * for the text search; see the migrations. Not joined by OR, so that each condition can use it.
 */
export function identifiedBy(row: Prisma.Sql, text: string): readonly Prisma.Sql[] {
  const searched = Prisma.sql`phone_search_text(
    ${row}."macAddress", ${row}."serialNumber", ${row}."address", ${row}."userName"
  )`;
  const digits = toMacDigits(text);
  return [
    containsFolded(searched, text),
    // The digits alone may also be part of a serial number, which is searched with its separators.
    ...(digits === null || digits === text
      ? []
      : [
          Prisma.sql`${containsFolded(searched, digits)} AND ${containsText(Prisma.sql`${row}."macAddress"`, digits)}`,
        ]),
  ];
}
