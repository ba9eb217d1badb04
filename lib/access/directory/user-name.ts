/** The forms in which phones send a user name (device-protocol.md, 4.5). */
export type UserNameForm = "down_level" | "address" | "sip" | "bare";

export type UserName = {
  readonly form: UserNameForm;
  /** Without any domain, as typed. */
  readonly user: string;
  /** The DNS name of the domain in lower case; null if the name has no domain. */
  readonly domain: string | null;
};

/** A user domain: its DNS name and its optional short name (as in `CONTOSO\adamb`), both in lower case. */
export type UserDomain = { readonly short: string | null; readonly dns: string };

const MAX_NAME_LENGTH = 256;
/** Characters that a user part cannot contain: control characters and the separators of the parts. */
const NO_USER = /[\p{Cc}\\@/]/u;
const DOMAIN = /^[a-z0-9_]([a-z0-9._-]{0,252})$/;

/**
 * Parses `CONTOSO\adamb`, `adamb@contoso.com`, `sip:adamb@contoso.com` and `adamb`; null if the text has none of these
 * forms or names a domain that is not in `domains`. If `domains` is empty, every domain is accepted.
 */
export function parseUserName(text: string, domains: readonly UserDomain[]): UserName | null {
  const trimmed = text.trim().normalize("NFC");
  if (trimmed === "" || trimmed.length > MAX_NAME_LENGTH) {
    return null;
  }
  const parts = splitName(trimmed);
  if (parts === null || parts.user === "" || NO_USER.test(parts.user)) {
    return null;
  }
  if (parts.domain === null) {
    return { form: parts.form, user: parts.user, domain: null };
  }
  const domain = resolveDomain(parts.domain.toLowerCase(), domains);
  return domain === null ? null : { form: parts.form, user: parts.user, domain };
}

/** `adamb@contoso.com`, or `adamb` without a domain. */
export function toAddress({ user, domain }: UserName): string {
  return domain === null ? user : `${user}@${domain}`;
}

type Parts = {
  readonly form: UserNameForm;
  readonly user: string;
  readonly domain: string | null;
};

function splitName(text: string): Parts | null {
  const slash = text.indexOf("\\");
  if (slash !== -1) {
    return { form: "down_level", domain: text.slice(0, slash), user: text.slice(slash + 1) };
  }
  const isSip = /^sip:/i.test(text);
  const address = isSip ? text.slice("sip:".length) : text;
  const at = address.lastIndexOf("@");
  if (at === -1) {
    return isSip ? null : { form: "bare", user: address, domain: null };
  }
  const form = isSip ? "sip" : "address";
  return { form, user: address.slice(0, at), domain: address.slice(at + 1) };
}

function resolveDomain(named: string, domains: readonly UserDomain[]): string | null {
  if (!DOMAIN.test(named)) {
    return null;
  }
  if (domains.length === 0) {
    return named;
  }
  return domains.find(({ short, dns }) => short === named || dns === named)?.dns ?? null;
}
