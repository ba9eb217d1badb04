import type { Hardware } from "#foundation/core/hardware";
import type { NewRelease } from "#firmware/rules/release";

/** One update as a package describes it. */
export type ImportedUpdate = NewRelease & {
  readonly hardware: Hardware;
  readonly updateType: string;
};

/** What an import made of one update in one pool. */
export type ImportOutcome = {
  /** Null in a preview of a rule that does not exist yet. */
  readonly ruleId: string | null;
  readonly identity: string | null;
  readonly poolFqdn: string;
  readonly hardware: Hardware;
  readonly updateType: string;
  readonly version: string;
  /** `created`: a new rule; `pending`: an existing rule has it pending now; `repaired`: unchanged, but its content was not. */
  readonly outcome: "created" | "pending" | "repaired" | "unchanged";
  /** Where a rule that was unchanged or repaired holds the version already. */
  readonly because: "approved" | "pending" | null;
  /** The pending version that gave way. */
  readonly replacedVersion: string | null;
  readonly approvedVersion: string | null;
  /** Whether it is older than what is approved now. */
  readonly isDowngrade: boolean;
};
