import "server-only";
import { Prisma } from "#generated/client";
import { toMacDigits } from "#foundation/core/search-text";
import { containsFolded, containsText } from "#foundation/platform/db/text-filter";

/** The expressions for the identity of a row: all of it as the text search reads it, in lower case, and its MAC address. */
export type IdentityRow = { readonly searched: Prisma.Sql; readonly macAddress: Prisma.Sql };

/** The identity of a row that stores no search text: an index has this expression (see the migrations). */
export function phoneIdentity(row: Prisma.Sql): IdentityRow {
  return {
    searched: Prisma.sql`phone_search_text(
      ${row}."macAddress", ${row}."serialNumber", ${row}."address", ${row}."userName"
    )`,
    macAddress: Prisma.sql`${row}."macAddress"`,
  };
}

/**
 * Conditions of which one is true if a MAC address, serial number, address or user contains a text. Not joined by OR, so
 * that each condition can use the index for the text search.
 */
export function identifiedBy(
  { searched, macAddress }: IdentityRow,
  text: string,
): readonly Prisma.Sql[] {
  const digits = toMacDigits(text);
  return [
    containsFolded(searched, text),
    // The digits alone may also be part of a serial number, which is searched with its separators.
    ...(digits === null || digits === text
      ? []
      : [Prisma.sql`${containsFolded(searched, digits)} AND ${containsText(macAddress, digits)}`]),
  ];
}
