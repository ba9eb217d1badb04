import type { UserDomain } from "#access/directory/user-name";

/** One server of the directory and how it is spoken to. */
export type DirectoryServer = {
  readonly url: string;
  readonly isStartTls: boolean;
};

/** How a user is found and bound: found by a service account first, or bound at once by a name made from a template. */
export type Lookup =
  | { readonly kind: "search"; readonly bindDn: string; readonly bindPassword: string }
  | { readonly kind: "direct"; readonly template: string };

export type DirectoryConfiguration = {
  /** In the order in which they are tried. */
  readonly servers: readonly DirectoryServer[];
  readonly lookup: Lookup;
  /** Where users are; null where a direct bind is all that is asked of the directory. */
  readonly baseDn: string | null;
  /** Null: the filters that fit Active Directory. */
  readonly userFilter: string | null;
  readonly sipAttribute: string;
  readonly domains: readonly UserDomain[];
  readonly timeoutMs: number;
  readonly cacheMs: number;
  readonly mostConnections: number;
  readonly wrongPasswords: {
    /** How many wrong passwords of one user are passed on to the directory in a window. */
    readonly most: number;
    readonly windowMs: number;
  };
};

/** A user of the directory whose password was right. */
export type DirectoryUser = {
  /** As the phone named them. */
  readonly name: string;
  /** Without `sip:`, in lower case; null where the directory says nothing. */
  readonly sipAddress: string | null;
};

export type DirectoryCheck =
  | { readonly outcome: "valid"; readonly user: DirectoryUser }
  | { readonly outcome: "invalid" }
  /** So many wrong passwords were passed on that another could lock the user out. */
  | { readonly outcome: "throttled"; readonly retryAfterSeconds: number };
