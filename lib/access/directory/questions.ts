import { escapeDnValue, escapeFilterValue } from "#access/directory/escape";
import type { UserName } from "#access/directory/user-name";
import { toAddress } from "#access/directory/user-name";

/** The bit of `userAccountControl` for a disabled account ([MS-ADTS] 2.2.16). */
const ACCOUNT_DISABLED = 0x2;

type FilterOptions = { readonly userFilter: string | null; readonly sipAttribute: string };

/** The search filter for a user: the administrator's custom filter, or one with the attributes of Active Directory. */
export function toUserFilter(name: UserName, { userFilter, sipAttribute }: FilterOptions): string {
  if (userFilter !== null) {
    return fillIn(userFilter, name, escapeFilterValue);
  }
  const user = escapeFilterValue(name.user);
  const address = escapeFilterValue(toAddress(name));
  const conditions = {
    down_level: `(sAMAccountName=${user})`,
    bare: `(sAMAccountName=${user})`,
    address: `(|(userPrincipalName=${address})(${sipAttribute}=sip:${address}))`,
    sip: `(${sipAttribute}=sip:${address})`,
  } as const satisfies Record<UserName["form"], string>;
  return `(&(objectClass=user)(!(objectClass=computer))${conditions[name.form]})`;
}

/** The name to bind with. A template that contains `=` is a distinguished name; its values are escaped accordingly. */
export function toBindName(name: UserName, template: string): string {
  const escape = template.includes("=") ? escapeDnValue : (value: string): string => value;
  return fillIn(template, name, escape);
}

function fillIn(template: string, name: UserName, escape: (value: string) => string): string {
  const values = { user: name.user, domain: name.domain ?? "", address: toAddress(name) };
  // In one pass, so that placeholders inside of filled-in values are not replaced.
  return template.replaceAll(/\{(user|domain|address)\}/g, (_, key: keyof typeof values) =>
    escape(values[key]),
  );
}

/** Whether an entry marks its account as disabled. Only Active Directory has this attribute. */
export function isDisabled(userAccountControl: string | null): boolean {
  const flags = Number(userAccountControl ?? "0");
  // A value that cannot be parsed counts as disabled.
  return !Number.isInteger(flags) || (flags & ACCOUNT_DISABLED) !== 0;
}

/** The SIP address from an entry, without its scheme. */
export function readSipAddress(value: string | null): string | null {
  const address = (value ?? "").replace(/^sip:/i, "").trim().toLowerCase();
  return /^[^@\s]+@[^@\s]+$/.test(address) ? address : null;
}
