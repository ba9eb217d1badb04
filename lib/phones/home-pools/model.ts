/** The pool of a user's phone. The user can have an account here or in the directory. */
export type UserHome = {
  /** Lower case, without `sip:`. */
  readonly sipAddress: string;
  readonly poolId: string;
  readonly poolFqdn: string;
  /** The user's sign-in name if it differs from the SIP address; empty if it was not given. */
  readonly userName: string;
  readonly updatedAt: Date;
  readonly updatedBy: string;
};

/** The part of a home that a process keeps in memory. */
export type KnownHome = Pick<UserHome, "poolId" | "userName">;

/** Whether phones are told to fetch updates. */
export type ProvisioningSwitch = {
  readonly isEnabled: boolean;
  /** Pools whose phones are told not to fetch updates even if `isEnabled` is set. */
  readonly disabledPoolIds: readonly string[];
};

export type StoredProvisioningSwitch = ProvisioningSwitch & {
  /** Null: never set. */
  readonly updatedAt: Date | null;
};

export const PROVISIONING_SETTING = "provisioning";
