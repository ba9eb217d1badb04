/** A reply of Samba's `ntlm_auth --helper-protocol=squid-2.5-ntlmssp`: `TT`, `AF`, `NA` or `BH`. */
export type HelperReply =
  | { readonly kind: "challenge"; readonly token: string }
  | { readonly kind: "accepted"; readonly user: string }
  | { readonly kind: "refused" }
  /** No result: the domain controller or winbind does not answer, or the reply is malformed. */
  | { readonly kind: "unable"; readonly reason: string };

/** Status codes that concern the user. Every other code is a problem of the domain controller. */
const REFUSALS: ReadonlySet<string> = new Set([
  "NT_STATUS_WRONG_PASSWORD",
  "NT_STATUS_LOGON_FAILURE",
  "NT_STATUS_NO_SUCH_USER",
  "NT_STATUS_NO_SUCH_DOMAIN",
  "NT_STATUS_ACCOUNT_DISABLED",
  "NT_STATUS_ACCOUNT_EXPIRED",
  "NT_STATUS_ACCOUNT_LOCKED_OUT",
  "NT_STATUS_ACCOUNT_RESTRICTION",
  "NT_STATUS_INVALID_LOGON_HOURS",
  "NT_STATUS_INVALID_WORKSTATION",
  "NT_STATUS_INVALID_ACCOUNT_NAME",
  "NT_STATUS_INVALID_PARAMETER",
  "NT_STATUS_LOGON_TYPE_NOT_GRANTED",
  "NT_STATUS_LOGON_NOT_GRANTED",
  "NT_STATUS_NTLM_BLOCKED",
  "NT_STATUS_PASSWORD_EXPIRED",
  "NT_STATUS_PASSWORD_MUST_CHANGE",
  "NT_STATUS_AUTHENTICATION_FIREWALL_FAILED",
]);

/** Parses one line of the helper. */
export function readHelperReply(line: string): HelperReply {
  const [, verb = "", rest = ""] = /^(\S+)(?: (.*))?$/.exec(line.trim()) ?? [];
  if (verb === "TT" && /^[A-Za-z0-9+/]+={0,2}$/.test(rest)) {
    return { kind: "challenge", token: rest };
  }
  if (verb === "AF" && rest.trim() !== "") {
    return { kind: "accepted", user: rest.trim() };
  }
  if (verb === "NA" && REFUSALS.has(rest.trim())) {
    return { kind: "refused" };
  }
  return { kind: "unable", reason: line.trim().slice(0, 200) };
}
