import { parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { AUDIT_SUBJECT_KINDS } from "#foundation/audit/model";

/** The complete state of the audit table, shared by the page and the table, so that they cannot differ. */
export const auditSearchParams = {
  q: parseAsString.withDefault(""),
  kind: parseAsArrayOf(parseAsStringLiteral(AUDIT_SUBJECT_KINDS)).withDefault([]),
  subject: parseAsString.withDefault(""),
  sort: parseAsStringLiteral(["at"]).withDefault("at"),
  order: parseAsStringLiteral(["asc", "desc"]).withDefault("desc"),
  page: parseAsInteger.withDefault(1),
};
