/** The pool a user's phone belongs to, whether the user has an account here or in the directory. */
export type UserHome = {
  /** Lower case, without `sip:`. */
  readonly sipAddress: string;
  readonly poolId: string;
  readonly poolFqdn: string;
  /** The name the user signs in with, where it is not the SIP address; empty where nobody said. */
  readonly userName: string;
  readonly updatedAt: Date;
  readonly updatedBy: string;
};

/** What the memory of a process keeps of a home. */
export type KnownHome = Pick<UserHome, "poolId" | "userName">;

/** Whether phones are told to fetch updates at all. */
export type ProvisioningSwitch = {
  readonly isEnabled: boolean;
  /** Pools whose phones are told not to, while others are. */
  readonly disabledPoolIds: readonly string[];
};

export type StoredProvisioningSwitch = ProvisioningSwitch & {
  /** Null: nobody has set it. */
  readonly updatedAt: Date | null;
};

export const PROVISIONING_SETTING = "provisioning";
