import type { inferParserType } from "nuqs/server";
import { parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";

export const TEST_DEVICE_SORT_COLUMNS = ["name", "identifier", "site", "createdAt"] as const;

/** The whole state of the table of test devices. */
export const testDeviceSearchParams = {
  q: parseAsString.withDefault(""),
  sort: parseAsStringLiteral(TEST_DEVICE_SORT_COLUMNS).withDefault("name"),
  order: parseAsStringLiteral(["asc", "desc"]).withDefault("asc"),
  page: parseAsInteger.withDefault(1),
};

export type TestDeviceSearch = Readonly<inferParserType<typeof testDeviceSearchParams>>;
