import { z } from "zod";
import { givenDetailsList } from "#formats/cab/description/given-details";
import {
  DESCRIPTION_SOURCES,
  IGNORED_CODES,
  UNDESCRIBED_REASONS,
} from "#formats/cab/description/model";
import { NOTHING_KNOWN } from "#formats/cab/description/path-layout";
import type { ImportFailure } from "#firmware/imports/failure";
import { IMPORT_FAILURES } from "#firmware/imports/failure";
import type {
  FoundUpdate,
  ImportAnswers,
  ImportReport,
  UnderstoodUpdate,
} from "#firmware/imports/model";
import type { ImportOutcome } from "#firmware/rules/imported-update";
import { CATALOG_VERDICTS } from "#firmware/rules/model";
import { rejection } from "#firmware/rules/rejection";
import { hardwareSchema } from "#foundation/core/hardware-schema";

// The JSON columns of an import job. They are parsed on read, because an older version may have written them.

const knownDetails = z.object({
  deviceType: z.string().nullable(),
  brand: z.string().nullable(),
  model: z.string().nullable(),
  revision: z.string().nullable(),
  locale: z.string().nullable(),
  version: z.string().nullable(),
  updateType: z.string().nullable(),
});

const foundUpdate = z.object({
  hardware: hardwareSchema,
  updateType: z.string(),
  version: z.string(),
  fileNames: z.array(z.string()),
  sizeBytes: z.number(),
  describedBy: z.enum(DESCRIPTION_SOURCES),
  catalogVerdict: z.enum(CATALOG_VERDICTS),
  catalogSigner: z.string().nullable(),
}) satisfies z.ZodType<FoundUpdate>;

const ruleOutcome = z.object({
  ruleId: z.string().nullable(),
  identity: z.string().nullable(),
  poolFqdn: z.string(),
  hardware: hardwareSchema,
  updateType: z.string(),
  version: z.string(),
  outcome: z.enum(["created", "pending", "repaired", "unchanged"]),
  because: z.enum(["approved", "pending"]).nullable(),
  replacedVersion: z.string().nullable(),
  approvedVersion: z.string().nullable(),
  isDowngrade: z.boolean(),
  // An older version stored none.
  rejection: rejection.nullable().default(null),
}) satisfies z.ZodType<ImportOutcome>;

const ignoredFiles = z.array(
  z.object({
    path: z.string(),
    reason: z.string(),
    code: z.enum(IGNORED_CODES).nullable().default(null).catch(null),
    // An older version stored none.
    values: z.record(z.string(), z.string()).default({}),
  }),
);

export const reportColumn = z.object({
  rules: z.array(ruleOutcome),
  updates: z.array(foundUpdate),
  ignored: ignoredFiles,
  unverifiedBlocks: z.number(),
  mismatchReason: z.string().nullable(),
}) satisfies z.ZodType<ImportReport>;

/** Null also for an unknown code of a newer or older version. The English sentence beside it remains. */
const failure = z
  .object({
    code: z.enum(IMPORT_FAILURES),
    subject: z.string(),
    values: z.record(z.string(), z.string()).default({}),
  })
  .nullable()
  .default(null)
  .catch(null) satisfies z.ZodType<ImportFailure | null>;

/** The report column of a failed job. */
export const failureColumn = z.object({ failure });

/** The question of a waiting job. */
export const questionColumn = z.object({
  undescribed: z
    .array(
      z.object({
        path: z.string(),
        fileName: z.string(),
        sizeBytes: z.number(),
        sha256: z.string(),
        // An older version stored no reason, and stored guesses in `known`.
        why: z.enum(UNDESCRIBED_REASONS).default("incomplete"),
        known: knownDetails,
        guessed: knownDetails.default(NOTHING_KNOWN),
      }),
    )
    .default([]),
  understood: z
    .array(foundUpdate.omit({ catalogVerdict: true, catalogSigner: true }))
    .default([]) satisfies z.ZodType<readonly UnderstoodUpdate[]>,
  ignored: ignoredFiles.default([]),
  problem: z.string().nullable().default(null),
  failure,
  mismatched: z.array(foundUpdate).default([]),
});

export const answersColumn = z.object({
  details: givenDetailsList,
  leftOut: z.array(z.string()),
  mismatchReason: z.string().nullable(),
}) satisfies z.ZodType<ImportAnswers>;
