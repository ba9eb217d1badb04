import type { Hardware } from "#foundation/core/hardware";
import type { ContentProblem } from "#firmware/files/model";
import type { Rejection } from "#firmware/rules/rejection";

/** The review actions. The panel shows reset as "Reject" and restore as "Roll back". */
export const RULE_ACTIONS = ["approve", "reset", "restore", "remove"] as const;
export type RuleAction = (typeof RULE_ACTIONS)[number];

/** The maximum number of rules in one action. */
export const MAX_RULES_PER_ACTION = 2000;

/** The verbs of all rule events. */
export const RULE_VERBS = [
  "imported",
  "approved",
  "reset",
  "restored",
  "removed",
  "undone",
] as const;
export type RuleVerb = (typeof RULE_VERBS)[number];

export const FILE_ROLES = ["image", "signature", "description"] as const;
export type FileRole = (typeof FILE_ROLES)[number];

/** The result of looking up the image's digest in its security catalog. */
export const CATALOG_VERDICTS = [
  "verified",
  "not_in_catalog",
  "no_catalog",
  "unreadable_catalog",
] as const;
export type CatalogVerdict = (typeof CATALOG_VERDICTS)[number];

export type ReleaseFile = {
  readonly role: FileRole;
  readonly fileName: string;
  readonly sizeBytes: number;
  /** Lower-case hex. Also the name of the content in the file store. */
  readonly sha256: string;
};

/** A reference from a rule to a release. */
export type ReleaseRef = {
  readonly releaseId: string;
  readonly version: string;
  /** Why phones cannot download it: the first problem of its files; absent without a problem. */
  readonly problem?: ContentProblem;
  /** The newest rejection of this version that is in force, in any pool; absent without one. */
  readonly rejection?: Rejection;
};

/** The three releases of a rule; null if not set. */
export type RuleReleases = {
  readonly approved: ReleaseRef | null;
  readonly pending: ReleaseRef | null;
  readonly restore: ReleaseRef | null;
};

/** One kind of image for one kind of hardware in one pool; the unit of review. */
export type Rule = RuleReleases & {
  readonly id: string;
  readonly poolId: string;
  readonly poolFqdn: string;
  readonly hardware: Hardware;
  readonly updateType: string;
  readonly generation: number;
  readonly importedAt: Date;
  readonly importedBy: string;
};

/** `service:WebServer:<fqdn>/<guid>`, exactly as the cmdlets of the original print it. */
export function ruleIdentity(rule: Pick<Rule, "id" | "poolFqdn">): string {
  return `${serviceIdentity(rule.poolFqdn)}/${rule.id}`;
}

/** `service:WebServer:<fqdn>`. */
export function serviceIdentity(poolFqdn: string): string {
  return `service:WebServer:${poolFqdn}`;
}
