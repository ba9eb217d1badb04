/** How much a finding affects phones. */
export const SEVERITIES = ["problem", "warning", "note"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Severity of each finding. The messages `readiness` explain it and how to fix it. */
export const FINDING_SEVERITIES = {
  no_pool: "problem",
  no_domain: "warning",
  dns_unanswered: "problem",
  record_missing: "problem",
  record_elsewhere: "problem",
  record_several: "note",
  record_alias: "note",
  old_record_missing: "note",
  ntp_record_missing: "note",
  host_unresolved: "problem",
  time_server_silent: "warning",
  time_server_differs: "problem",
  clock_differs: "problem",
  unreachable: "problem",
  address_unanswered: "warning",
  redirected: "problem",
  refused_inside: "problem",
  wrong_server: "problem",
  tls_failed: "problem",
  certificate_expired: "problem",
  certificate_not_yet_valid: "problem",
  certificate_expires_soon: "warning",
  certificate_wrong_name: "problem",
  certificate_self_signed: "problem",
  certificate_unknown_authority: "problem",
  certificate_incomplete: "problem",
  external_not_https: "problem",
  external_open: "problem",
  external_no_challenge: "problem",
  panel_outside: "problem",
  outside_not_tried: "note",
  credentials_withheld: "note",
  credentials_refused: "problem",
  check_failed: "problem",
  nothing_to_try: "note",
  download_failed: "problem",
  content_damaged: "problem",
  content_missing: "problem",
  content_unreadable: "problem",
  wrong_bytes: "problem",
  wrong_content_type: "problem",
} as const satisfies Record<string, Severity>;
export type FindingCode = keyof typeof FINDING_SEVERITIES;

export type Finding = {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** The name or URL that the finding is about. */
  readonly at: string;
  /** The observed value: an address, a status, a date. */
  readonly detail: string;
};

export function finding(code: FindingCode, at: string, detail = ""): Finding {
  return { code, severity: FINDING_SEVERITIES[code], at, detail };
}

/** Removes duplicates and sorts by severity, the worst first. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  const unique = new Map(findings.map((item) => [`${item.code} ${item.at}`, item]));
  return [...unique.values()].toSorted(
    (left, right) => SEVERITIES.indexOf(left.severity) - SEVERITIES.indexOf(right.severity),
  );
}
