import { z } from "zod";
import { optional, wholeNumber } from "#foundation/platform/setting-kinds";

const list = z.string().transform((text) =>
  text
    .split(/[\s,]+/)
    .map((part) => part.trim())
    .filter((part) => part !== ""),
);

const directoryUrls = list.refine(
  (urls) =>
    urls.every((url) => /^ldaps?:\/\/(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?\/?$/i.test(url)),
  "a comma-separated list of URLs such as ldaps://dc1.contoso.com",
);

const yesOrNo = z
  .enum(["true", "false", "yes", "no", "1", "0"], "true or false")
  .transform((text) => ["true", "yes", "1"].includes(text));

/** `CONTOSO=contoso.com, fabrikam.com`: the accepted domains, with their short names if they have one. */
const domains = list
  .refine(
    (parts) => parts.every((part) => /^([^=\\@\s]{1,64}=)?[a-z0-9._-]{1,253}$/i.test(part)),
    "a comma-separated list such as CONTOSO=contoso.com,fabrikam.com",
  )
  .transform((parts) =>
    parts.map((part) => {
      const [dns = "", short = null] = part.toLowerCase().split("=").toReversed();
      return { short, dns };
    }),
  );

const userFilter = z
  .string()
  .trim()
  .refine(
    (text) => text.startsWith("(") && text.endsWith(")") && /\{(?:user|address)\}/.test(text),
    "a filter with {user} or {address}, such as (uid={user})",
  );

const bindTemplate = z
  .string()
  .trim()
  .regex(/\{(user|address)\}/, String.raw`a name with {user} or {address}, such as CONTOSO\{user}`);

/** Where to look up users of phones outside the firewall, in addition to the accounts of this service. */
export const credentialSettings = {
  LDAP_URLS: optional(directoryUrls).transform((value) => value ?? []),
  LDAP_STARTTLS: optional(yesOrNo).transform((value) => value ?? false),
  LDAP_ALLOW_PLAINTEXT: optional(yesOrNo).transform((value) => value ?? false),
  LDAP_CA_FILE: optional(z.string().trim()),
  LDAP_BASE_DN: optional(z.string().trim()),
  LDAP_BIND_DN: optional(z.string().trim()),
  LDAP_BIND_PASSWORD: optional(z.string()),
  LDAP_BIND_PASSWORD_FILE: optional(z.string().trim()),
  LDAP_BIND_TEMPLATE: optional(bindTemplate),
  LDAP_USER_FILTER: optional(userFilter),
  LDAP_SIP_ATTRIBUTE: optional(
    z
      .string()
      .trim()
      .regex(/^[a-z][a-z0-9-]*$/i, "the name of an attribute"),
  ).transform((value) => value ?? "msRTCSIP-PrimaryUserAddress"),
  LDAP_DOMAINS: optional(domains).transform((value) => value ?? []),
  LDAP_TIMEOUT_MS: optional(wholeNumber(100, 60_000)).transform((value) => value ?? 3_000),
  LDAP_CACHE_SECONDS: optional(wholeNumber(0, 3_600)).transform((value) => value ?? 300),
  LDAP_MAX_CONNECTIONS: optional(wholeNumber(1, 256)).transform((value) => value ?? 8),
  LDAP_MAX_WRONG_PASSWORDS: optional(wholeNumber(1, 1_000)).transform((value) => value ?? 4),
  LDAP_WRONG_PASSWORD_MINUTES: optional(wholeNumber(1, 1_440)).transform((value) => value ?? 30),
  NTLM_HELPER: optional(z.string().trim()),
  NTLM_HELPER_OPTIONS: optional(list).transform((value) => value ?? []),
  NTLM_HELPERS: optional(wholeNumber(1, 256)).transform((value) => value ?? 16),
  NTLM_BEHIND_PROXY: optional(yesOrNo).transform((value) => value ?? false),
} as const;
