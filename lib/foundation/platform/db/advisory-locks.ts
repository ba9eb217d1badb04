/** The first half of every advisory lock's key, so that ours meet nobody else's: "ucup" in ASCII. */
export const LOCK_SPACE = 0x75_63_75_70;

/** Advisory locks end with their connection, also when a process is killed: none of them can go stale. */
export const LOCKS = {
  /** Shared by every process that uses the embedded PostgreSQL. */
  presence: 1,
  /** Held while one process decides whether it is the last one out. */
  leaving: 2,
  /** Held while migrations are applied. */
  migration: 3,
} as const;

/** Keys of locks that end with their transaction. One list, because two uses of one number wait for each other. */
export const TRANSACTION_LOCKS = {
  /** Serialises the writers of the audit trail, so that each entry is chained to the one before it. */
  auditChain: 7_215_001,
  /** One import writes rules at a time. */
  imports: 7_215_002,
  /** Serialises the writers of the anchor of the audit trail, in every process. */
  auditAnchor: 7_215_003,
} as const;
