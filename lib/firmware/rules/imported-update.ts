import type { Hardware } from "#foundation/core/hardware";
import type { Rejection } from "#firmware/rules/rejection";
import type { NewRelease } from "#firmware/rules/release";

/** One update as a package describes it. */
export type ImportedUpdate = NewRelease & {
  readonly hardware: Hardware;
  readonly updateType: string;
};

/** The outcome of one update in one pool. */
export type ImportOutcome = {
  /** Null in a preview if the rule does not exist yet. */
  readonly ruleId: string | null;
  readonly identity: string | null;
  readonly poolFqdn: string;
  readonly hardware: Hardware;
  readonly updateType: string;
  readonly version: string;
  /** `created`: a new rule; `pending`: pending in an existing rule; `repaired`: unchanged, but its content was repaired. */
  readonly outcome: "created" | "pending" | "repaired" | "unchanged";
  /** How an unchanged or repaired rule already holds the version. */
  readonly because: "approved" | "pending" | null;
  /** The replaced pending version. */
  readonly replacedVersion: string | null;
  readonly approvedVersion: string | null;
  /** Whether the version is older than the approved one. */
  readonly isDowngrade: boolean;
  /** The rejection of the version, in any pool; null without one. */
  readonly rejection: Rejection | null;
};
