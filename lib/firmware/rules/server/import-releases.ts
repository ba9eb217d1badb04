import "server-only";

import { randomUUID } from "node:crypto";
import { recordAudit } from "#foundation/audit/server/record-audit";
import type { AuditFact } from "#foundation/audit/model";
import { AppError } from "#foundation/core/errors";
import { imageKey } from "#foundation/core/hardware";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { isDowngrade } from "#foundation/core/version";
import { RULES_CHANNEL } from "#foundation/platform/db/channels";
import type { Db } from "#foundation/platform/db/client";
import { notify } from "#foundation/platform/db/listen";
import type { Pool } from "#fleet/pools/model";
import type { ImportTransition } from "#firmware/rules/apply-action";
import { applyImport } from "#firmware/rules/apply-action";
import { ruleFact } from "#firmware/rules/audit-facts";
import type { ImportOutcome, ImportedUpdate } from "#firmware/rules/imported-update";
import type { ReleaseRef, Rule, RuleReleases } from "#firmware/rules/model";
import { ruleIdentity } from "#firmware/rules/model";
import type { Rejection } from "#firmware/rules/rejection";
import { areSameFiles } from "#firmware/rules/release";
import { insertEvent } from "#firmware/rules/server/event-store";
import { findRejections } from "#firmware/rules/server/rejection-store";
import { lockImports } from "#firmware/rules/server/lock-imports";
import {
  deleteRelease,
  findRelease,
  insertRelease,
  isReleaseInUse,
  requirePackage,
} from "#firmware/rules/server/release-store";
import {
  insertRule,
  lockRuleForImage,
  markImported,
  replaceReleases,
} from "#firmware/rules/server/store";

const NOTHING: RuleReleases = { approved: null, pending: null, restore: null };

export type ImportRequest = {
  readonly package: {
    readonly sha256: string;
    readonly fileName: string;
    readonly sizeBytes: number;
    readonly notes: string;
  };
  readonly updates: readonly ImportedUpdate[];
  readonly pools: readonly Pool[];
};

type PoolImport = {
  readonly pool: Pool;
  readonly update: ImportedUpdate;
  readonly release: ReleaseRef;
  readonly rejection: Rejection | null;
};

/**
 * Makes every update of a package pending in every chosen pool, within the caller's transaction. The content must
 * already be in the file store. Throws `conflict` if the same version for the same phone is in use with different
 * content, because a version identifies one content.
 */
export async function importReleases(
  tx: Db,
  context: UseCaseContext,
  request: ImportRequest,
): Promise<readonly ImportOutcome[]> {
  requirePermission(context.actor, "import:create");
  await lockImports(tx);
  const packageId = await requirePackage(tx, {
    ...request.package,
    importedAt: context.now,
    importedBy: context.actor.name,
  });
  const outcomes: ImportOutcome[] = [];
  const facts: AuditFact[] = [];
  for (const update of request.updates) {
    const release = await requireRelease(tx, packageId, update);
    const rejection = await findRejection(tx, update);
    for (const pool of request.pools) {
      const { outcome, fact } = await importIntoPool(tx, context, {
        pool,
        update,
        release,
        rejection,
      });
      outcomes.push(outcome);
      facts.push(...fact);
    }
  }
  if (facts.length > 0) {
    await notify(tx, RULES_CHANNEL);
  }
  await recordAudit(tx, context, facts);
  return outcomes;
}

/** Returns the outcomes that `importReleases` would have, without writing anything. */
export async function previewImport(
  tx: Db,
  context: UseCaseContext,
  { updates, pools }: Pick<ImportRequest, "updates" | "pools">,
): Promise<readonly ImportOutcome[]> {
  requirePermission(context.actor, "import:create");
  const outcomes: ImportOutcome[] = [];
  for (const update of updates) {
    await requireSameContent(tx, update);
    const rejection = await findRejection(tx, update);
    for (const pool of pools) {
      const rule = await lockRuleForImage(tx, { ...update, poolId: pool.id });
      const transition = applyImport(rule ?? NOTHING, { releaseId: "", version: update.version });
      outcomes.push(toOutcome({ pool, update, rejection, rule, isNew: rule === null, transition }));
    }
  }
  return outcomes;
}

async function importIntoPool(
  tx: Db,
  context: UseCaseContext,
  { pool, update, release, rejection }: PoolImport,
): Promise<{ readonly outcome: ImportOutcome; readonly fact: readonly AuditFact[] }> {
  const existing = await lockRuleForImage(tx, { ...update, poolId: pool.id });
  const transition = applyImport(existing ?? NOTHING, release);
  if (transition.outcome === "unchanged") {
    const unchanged = { rule: existing, isNew: false, transition };
    const outcome = toOutcome({ pool, update, rejection, ...unchanged });
    return { outcome, fact: [] };
  }

  const by = { importedAt: context.now, importedBy: context.actor.name };
  const rule =
    existing === null
      ? await insertRule(tx, { ...newRule(pool, update), ...by, pending: release })
      : await replacePending(tx, existing, { after: transition.after, by });
  const change = {
    verb: "imported",
    before: existing,
    after: transition.after,
    reason: "",
  } as const;
  await insertEvent(tx, {
    ...change,
    rule,
    generation: rule.generation,
    actorName: context.actor.name,
    requestId: context.requestId,
    undoesId: null,
    at: context.now,
  });
  const isNew = existing === null;
  const outcome = toOutcome({ pool, update, rejection, rule, isNew, transition });
  return { outcome, fact: [ruleFact(rule, { ...change, inSpiteOf: null })] };
}

function newRule(pool: Pool, { hardware, updateType }: ImportedUpdate) {
  return {
    id: randomUUID(),
    poolId: pool.id,
    hardware,
    updateType,
    approved: null,
    restore: null,
    generation: 1,
  };
}

async function replacePending(
  tx: Db,
  rule: Rule,
  change: {
    readonly after: RuleReleases;
    readonly by: { readonly importedAt: Date; readonly importedBy: string };
  },
): Promise<Rule> {
  if (!(await replaceReleases(tx, rule, change.after))) {
    throw new AppError("conflict", "A rule changed while the package was imported; try again.");
  }
  await markImported(tx, rule.id, change.by);
  return { ...rule, ...change.after, ...change.by, generation: rule.generation + 1 };
}

/** The release of an update: the existing one if its content is the same, or else a new one. */
async function requireRelease(
  tx: Db,
  packageId: string,
  update: ImportedUpdate,
): Promise<ReleaseRef> {
  const key = imageKey(update.hardware, update.updateType);
  const known = await requireSameContent(tx, update);
  if (known?.isSame === true) {
    return { releaseId: known.releaseId, version: update.version };
  }
  if (known !== null) {
    await deleteRelease(tx, known.releaseId);
  }
  return insertRelease(tx, { imageKey: key, packageId, release: update });
}

/** Throws `conflict` for different content of a version in use. A version that no rule holds may have new content. */
async function requireSameContent(
  tx: Db,
  update: ImportedUpdate,
): Promise<{ readonly releaseId: string; readonly isSame: boolean } | null> {
  const { hardware, updateType, version } = update;
  const known = await findRelease(tx, imageKey(hardware, updateType), version);
  if (known === null) {
    return null;
  }
  const isSame = areSameFiles(known.files, update.files);
  if (!isSame && (await isReleaseInUse(tx, known.id))) {
    throw new AppError(
      "conflict",
      `${hardware.brand} ${hardware.model} ${version}: this version is in use with different content, from ${known.packageFileName}. Reject it, go back from it or remove its rules, then import the package again.`,
    );
  }
  return { releaseId: known.id, isSame };
}

async function findRejection(
  tx: Db,
  { hardware, updateType, version }: ImportedUpdate,
): Promise<Rejection | null> {
  const rejections = await findRejections(tx, imageKey(hardware, updateType));
  return rejections.get(version) ?? null;
}

type PoolOutcome = {
  readonly pool: Pool;
  readonly update: ImportedUpdate;
  readonly rejection: Rejection | null;
  /** The rule after the import, or before it if unchanged or in a preview; null if there is none. */
  readonly rule: Rule | null;
  readonly isNew: boolean;
  readonly transition: ImportTransition;
};

function toOutcome({
  pool,
  update,
  rejection,
  rule,
  isNew,
  transition,
}: PoolOutcome): ImportOutcome {
  const approvedVersion = rule?.approved?.version ?? null;
  return {
    ruleId: rule?.id ?? null,
    identity: rule === null ? null : ruleIdentity(rule),
    poolFqdn: pool.fqdn,
    hardware: update.hardware,
    updateType: update.updateType,
    version: update.version,
    ...toImportResult(transition, isNew),
    approvedVersion,
    isDowngrade: isDowngrade(approvedVersion, update.version),
    rejection,
  };
}

function toImportResult(
  transition: ImportTransition,
  isNew: boolean,
): Pick<ImportOutcome, "outcome" | "because" | "replacedVersion"> {
  if (transition.outcome === "unchanged") {
    return { outcome: "unchanged", because: transition.because, replacedVersion: null };
  }
  return {
    outcome: isNew ? "created" : "pending",
    because: null,
    replacedVersion: transition.replaced?.version ?? null,
  };
}
