import "server-only";

import { recordAudit } from "#foundation/audit/server/record-audit";
import { AppError } from "#foundation/core/errors";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { retainContent } from "#firmware/files/server/retain-content";
import { importSucceeded } from "#firmware/imports/audit-facts";
import type { ImportReport } from "#firmware/imports/model";
import type { PackageReading } from "#firmware/imports/server/read-package";
import type { ImportRun } from "#firmware/imports/server/run-store";
import { moveRun } from "#firmware/imports/server/run-store";
import { toFoundUpdate } from "#firmware/imports/server/verify-updates";
import { inTransaction, db } from "#foundation/platform/db/client";
import type { Pool } from "#fleet/pools/model";
import { listPools } from "#fleet/pools/server/list-pools";
import { markRepaired } from "#firmware/imports/mark-repaired";
import { importDoneNotice } from "#firmware/imports/notices";
import { recordNotice } from "#foundation/notices/server/record-notice";
import { importReleases } from "#firmware/rules/server/import-releases";

export type ReadablePackage = Extract<PackageReading, { readonly kind: "readable" }>;

/** Long enough for thousands of updates in many pools, which are one transaction. */
const TRANSACTION_TIMEOUT_MS = 120_000;

/**
 * Moves the content into the store, then commits rules, releases, the report and the end of the import in one
 * transaction. If the transaction fails, the content is collected later. `startImport` has checked the permission.
 */
export async function applyPackageUnchecked(
  context: UseCaseContext,
  run: ImportRun,
  reading: ReadablePackage,
): Promise<void> {
  const { import: job } = run;
  const pools = await requirePools(context, job.poolIds);
  if (!(await moveRun(db, run, { to: "applying", answers: job.answers }))) {
    throw overtaken();
  }
  const repaired = await retainContent(reading.content);
  await inTransaction(
    async (tx) => {
      const rules = await importReleases(tx, context, {
        package: {
          sha256: job.sha256,
          fileName: job.fileName,
          sizeBytes: job.sizeBytes,
          notes: job.notes,
        },
        updates: reading.updates,
        pools,
      });
      const report = toReport(
        reading,
        markRepaired(rules, reading.updates, repaired),
        job.answers.mismatchReason,
      );
      if (!(await moveRun(tx, run, { to: "succeeded", report, finishedAt: context.now }))) {
        throw overtaken();
      }
      await recordNotice(tx, { ...importDoneNotice(job, report), at: context.now });
      await recordAudit(tx, context, [importSucceeded(job, report)]);
    },
    { timeoutMs: TRANSACTION_TIMEOUT_MS },
  );
}

/** The chosen pools that still exist. */
async function requirePools(
  context: UseCaseContext,
  poolIds: readonly string[],
): Promise<readonly Pool[]> {
  const pools = (await listPools(context)).filter(({ id }) => poolIds.includes(id));
  if (pools.length === 0) {
    throw new AppError("invalid_state", "None of the chosen pools exists any more.");
  }
  return pools;
}

function toReport(
  { updates, ignored, unverifiedBlocks }: ReadablePackage,
  rules: ImportReport["rules"],
  mismatchReason: string | null,
): ImportReport {
  const isMismatched = updates.some(({ catalogVerdict }) => catalogVerdict === "not_in_catalog");
  return {
    rules,
    updates: updates.map(toFoundUpdate),
    ignored,
    unverifiedBlocks,
    mismatchReason: isMismatched ? mismatchReason : null,
  };
}

/** The error of a run whose job another worker has restarted because it treated this worker as dead. */
function overtaken(): Error {
  return new Error("Another worker has restarted the import.");
}
