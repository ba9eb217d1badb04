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
