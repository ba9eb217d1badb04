import { parseAsInteger, parseAsNumberLiteral, parseAsStringLiteral } from "nuqs/server";
import { ARRIVAL_HOURS } from "#fleet/devices/conflicts";

/** The state of the table of ghosts in the URL. Ghosts are always in the order of their last check. */
export const ghostSearchParams = {
  sort: parseAsStringLiteral(["lastSeenAt"]).withDefault("lastSeenAt"),
  order: parseAsStringLiteral(["desc"]).withDefault("desc"),
  page: parseAsInteger.withDefault(1),
};

const DEFAULT_HOURS = 24;

export const arrivalSearchParams = {
  hours: parseAsNumberLiteral(ARRIVAL_HOURS).withDefault(DEFAULT_HOURS),
};
