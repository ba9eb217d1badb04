import { parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { AUDIT_SUBJECT_KINDS } from "#foundation/audit/model";

/** The whole state of the audit table. Page and table share it, so they cannot disagree. */
export const auditSearchParams = {
  q: parseAsString.withDefault(""),
  kind: parseAsArrayOf(parseAsStringLiteral(AUDIT_SUBJECT_KINDS)).withDefault([]),
  subject: parseAsString.withDefault(""),
  sort: parseAsStringLiteral(["at"]).withDefault("at"),
  order: parseAsStringLiteral(["asc", "desc"]).withDefault("desc"),
  page: parseAsInteger.withDefault(1),
};
