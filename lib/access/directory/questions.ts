import { escapeDnValue, escapeFilterValue } from "#access/directory/escape";
import type { UserName } from "#access/directory/user-name";
import { toAddress } from "#access/directory/user-name";

/** Bit of `userAccountControl` that says an account is disabled ([MS-ADTS] 2.2.16). */
const ACCOUNT_DISABLED = 0x2;

type FilterWishes = { readonly userFilter: string | null; readonly sipAttribute: string };

/** The filter that finds a user. Without one of the administrator's own, the attributes are Active Directory's. */
export function toUserFilter(name: UserName, { userFilter, sipAttribute }: FilterWishes): string {
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

/** The name to bind with. A template with `=` in it is a distinguished name and is filled in as one. */
export function toBindName(name: UserName, template: string): string {
  const escape = template.includes("=") ? escapeDnValue : (value: string): string => value;
  return fillIn(template, name, escape);
}

function fillIn(template: string, name: UserName, escape: (value: string) => string): string {
  const values = { user: name.user, domain: name.domain ?? "", address: toAddress(name) };
  // In one pass: what is filled in is not looked at again.
  return template.replaceAll(/\{(user|domain|address)\}/g, (_, key: keyof typeof values) =>
    escape(values[key]),
  );
}

/** Whether an entry says that its account is disabled; directories other than Active Directory say nothing. */
export function isDisabled(userAccountControl: string | null): boolean {
  const flags = Number(userAccountControl ?? "0");
  // What cannot be read is not known to be enabled.
  return !Number.isInteger(flags) || (flags & ACCOUNT_DISABLED) !== 0;
}

/** A SIP address as an entry holds it, without its scheme. */
export function readSipAddress(value: string | null): string | null {
  const address = (value ?? "").replace(/^sip:/i, "").trim().toLowerCase();
  return /^[^@\s]+@[^@\s]+$/.test(address) ? address : null;
}
