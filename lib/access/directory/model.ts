import type { UserDomain } from "#access/directory/user-name";

/** One directory server and its connection options. */
export type DirectoryServer = {
  readonly url: string;
  readonly isStartTls: boolean;
};

/** How a user is bound: `search` finds the entry with a service account first, `direct` binds a name from a template. */
export type Lookup =
  | { readonly kind: "search"; readonly bindDn: string; readonly bindPassword: string }
  | { readonly kind: "direct"; readonly template: string };

export type DirectoryConfiguration = {
  /** Tried in this order. */
  readonly servers: readonly DirectoryServer[];
  readonly lookup: Lookup;
  /** The base of user searches; null if the directory is used only for direct binds. */
  readonly baseDn: string | null;
  /** Null: filters for Active Directory. */
  readonly userFilter: string | null;
  readonly sipAttribute: string;
  readonly domains: readonly UserDomain[];
  readonly timeoutMs: number;
  readonly cacheMs: number;
  readonly maxConnections: number;
  readonly wrongPasswords: {
    /** The maximum number of wrong passwords of one user that are sent to the directory in a window. */
    readonly max: number;
    readonly windowMs: number;
  };
};

/** A directory user whose password was verified. */
export type DirectoryUser = {
  /** The name as the phone sent it. */
  readonly name: string;
  /** Without `sip:`, in lower case; null if the entry has none. */
  readonly sipAddress: string | null;
};

export type DirectoryCheck =
  | { readonly outcome: "valid"; readonly user: DirectoryUser }
  | { readonly outcome: "invalid" }
  /** One more wrong password could lock the user's account. */
  | { readonly outcome: "throttled"; readonly retryAfterSeconds: number };
