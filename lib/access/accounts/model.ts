import type { Role } from "#foundation/core/permissions";

/** A person who signs in to the panel, or from a phone outside the firewall. */
export type Account = {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly isEnabled: boolean;
  readonly createdAt: Date;
  readonly lastSignInAt: Date | null;
};

/** A secret that lets scripts act for an account. */
export type ApiToken = {
  readonly id: string;
  readonly accountId: string;
  readonly accountName: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
};

/** The key of an account name. Lookups ignore case and surrounding spaces. */
export function accountKey(name: string): string {
  return name.trim().toLowerCase();
}
