/** The first half of every advisory lock's key, to avoid collisions with other programs: "ucup" in ASCII. */
export const LOCK_SPACE = 0x75_63_75_70;

/**
 * PostgreSQL releases advisory locks when their connection ends, also when the process is killed, so none can become
 * stale.
 */
export const LOCKS = {
  /** Held in shared mode by every process that uses the embedded PostgreSQL. */
  usage: 1,
  /** Held while a process that stops checks whether it is the last one. */
  shutdown: 2,
  /** Held while migrations are applied. */
  migration: 3,
  /** Held while a host joins, so that hosts join one after the other. */
  joining: 4,
} as const;

/** The first half of the key of a lock that every host holds in shared mode; the second half names its content store. */
export const CONTENT_STORE_SPACE = 0x75_63_63_73;

/** The same for the key of sessions and stored secrets. */
export const SESSION_KEY_SPACE = 0x75_63_73_6b;

/**
 * Keys of locks that end with their transaction. They stand in one list, because two purposes with the same key would
 * block each other.
 */
export const TRANSACTION_LOCKS = {
  /** Serialises the writers of the audit trail, so that each entry is chained to the one before it. */
  auditChain: 7_215_001,
  /** One import writes rules at a time. */
  imports: 7_215_002,
  /** Serialises the writers of the anchor of the audit trail across all processes. */
  auditAnchor: 7_215_003,
  /** Held in shared mode by writers of rows that refer to the dictionaries of kinds, verdicts and senders. */
  dictionaries: 7_215_004,
  /** Held by the process that counts the phones of roll-outs. */
  rollOuts: 7_215_005,
  /** Held while a process counts the fleet, so that the others need not. */
  statistics: 7_215_010,
  /** Held by the process that retires phones by age. */
  retireByAge: 7_215_011,
  /** Held by writers of the networks of sites; in shared mode by the function of the database that matches a phone. */
  siteNetworks: 7_215_012,
} as const;

/**
 * Hashed by `hashtext`: held by the functions of the database that create and drop days of the check log, and in shared
 * mode while rows are backed up.
 */
export const CHECK_DAYS_LOCK = "ensure_device_check_days";
