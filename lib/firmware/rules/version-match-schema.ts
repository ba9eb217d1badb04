import { z } from "zod";
import { VERSION_MATCH_SCOPES } from "#firmware/rules/version-match";

const MAX_VERSION_CHARACTERS = 128;

const version = z
  .string()
  .trim()
  .min(1, "Must not be empty.")
  .max(MAX_VERSION_CHARACTERS)
  .regex(/^\P{Cc}*$/u, "No control characters.");

export const createVersionMatchInput = z.strictObject({
  /** The rule determines the kind of hardware and image, and the pool. */
  ruleId: z.uuid(),
  /** Null: the approved version of the rule, or else the pending one. */
  packageVersion: version.nullable().default(null),
  reportedVersion: version,
  scope: z.enum(VERSION_MATCH_SCOPES).default("pool"),
});
export type CreateVersionMatchInput = z.output<typeof createVersionMatchInput>;

export const revokeVersionMatchInput = z.strictObject({ versionMatchId: z.uuid() });
export type RevokeVersionMatchInput = z.output<typeof revokeVersionMatchInput>;
