import "server-only";

import { distinctIgnoringCase } from "#foundation/core/fold-case";
import { z } from "zod";
import { imageKey, toHardware } from "#foundation/core/hardware";
import { CONTENT_PROBLEMS } from "#firmware/files/model";
import type { ReleaseRef, Rule, RuleReleases } from "#firmware/rules/model";
import type { RuleFacets } from "#firmware/rules/facets";
import { RULE_COLUMN_FACETS, recordOfFacets } from "#firmware/rules/facets";
import type { RuleSearch, RuleView } from "#firmware/rules/search-params";
import {
  isUuid,
  toRuleOrder,
  toRuleWhere,
  viewWhere,
} from "#firmware/rules/server/rule-search-sql";
import { addRejections } from "#firmware/rules/server/rejection-store";
import type { Db } from "#foundation/platform/db/client";
import type { Prisma } from "#generated/client";

const REF = {
  select: {
    id: true,
    version: true,
    files: {
      where: { blob: { problem: { not: null } } },
      select: { blob: { select: { problem: true } } },
      orderBy: { role: "asc" },
      take: 1,
    },
  },
} as const satisfies Prisma.ReleaseDefaultArgs;
const RELATIONS = {
  pool: { select: { fqdn: true } },
  approvedRelease: REF,
  pendingRelease: REF,
  restoreRelease: REF,
} as const satisfies Prisma.UpdateRuleInclude;

const problemColumn = z.enum(CONTENT_PROBLEMS).nullable();

type RefRow = Prisma.ReleaseGetPayload<typeof REF>;
type RuleRow = Prisma.UpdateRuleGetPayload<{ include: typeof RELATIONS }>;

/** The rule with that id; null if there is none, also for a text that is not a UUID. */
export async function findRule(db: Db, id: string): Promise<Rule | null> {
  if (!isUuid(id)) {
    return null;
  }
  const row = await db.updateRule.findUnique({ where: { id }, include: RELATIONS });
  return row && addRejectionsToRule(db, toRule(row));
}

/** Reads a rule and locks it until the transaction ends. Other transactions wait to change it. */
export async function lockRule(tx: Db, id: string): Promise<Rule | null> {
  await tx.$executeRaw`SELECT 1 FROM "UpdateRule" WHERE "id" = ${id}::uuid FOR UPDATE`;
  return findRule(tx, id);
}

/** Reads the rule for an image in a pool and locks it until the transaction ends. */
export async function lockRuleForImage(
  tx: Db,
  { poolId, hardware, updateType }: Pick<Rule, "poolId" | "hardware" | "updateType">,
): Promise<Rule | null> {
  const row = await tx.updateRule.findUnique({
    where: { poolId_hardwareKey: { poolId, hardwareKey: imageKey(hardware, updateType) } },
    select: { id: true },
  });
  return row && lockRule(tx, row.id);
}

/** Rules by id, in no particular order. Unknown ids are omitted. */
export async function findRulesById(db: Db, ids: readonly string[]): Promise<readonly Rule[]> {
  const rows = await db.updateRule.findMany({
    where: { id: { in: [...ids] } },
    include: RELATIONS,
  });
  return addRejections(db, rows.map(toRule));
}

async function addRejectionsToRule(db: Db, rule: Rule): Promise<Rule> {
  const [marked] = await addRejections(db, [rule]);
  return marked ?? rule;
}

/** Writes the releases if the rule is unchanged since it was read; returns whether it did. */
export async function replaceReleases(
  tx: Db,
  rule: Pick<Rule, "id" | "generation">,
  { approved, pending, restore }: RuleReleases,
): Promise<boolean> {
  const { count } = await tx.updateRule.updateMany({
    where: { id: rule.id, generation: rule.generation },
    data: {
      approvedReleaseId: approved?.releaseId ?? null,
      pendingReleaseId: pending?.releaseId ?? null,
      restoreReleaseId: restore?.releaseId ?? null,
      generation: { increment: 1 },
    },
  });
  return count === 1;
}

/** Records who imported the pending version, and when. */
export async function markImported(
  tx: Db,
  ruleId: string,
  by: { readonly importedAt: Date; readonly importedBy: string },
): Promise<void> {
  await tx.updateRule.update({
    where: { id: ruleId },
    data: { importedAt: by.importedAt, importedBy: by.importedBy },
  });
}

export async function insertRule(tx: Db, rule: Omit<Rule, "poolFqdn">): Promise<Rule> {
  const row = await tx.updateRule.create({
    data: {
      id: rule.id,
      poolId: rule.poolId,
      ...toHardware(rule.hardware),
      updateType: rule.updateType,
      hardwareKey: imageKey(rule.hardware, rule.updateType),
      approvedReleaseId: rule.approved?.releaseId ?? null,
      pendingReleaseId: rule.pending?.releaseId ?? null,
      restoreReleaseId: rule.restore?.releaseId ?? null,
      generation: rule.generation,
      importedAt: rule.importedAt,
      importedBy: rule.importedBy,
    },
    include: RELATIONS,
  });
  return toRule(row);
}

/** Deletes the rule if it is unchanged since it was read; returns whether it did. */
export async function deleteRule(tx: Db, rule: Pick<Rule, "id" | "generation">): Promise<boolean> {
  const { count } = await tx.updateRule.deleteMany({
    where: { id: rule.id, generation: rule.generation },
  });
  return count === 1;
}

export type RulesInView = { readonly view: RuleView; readonly search: RuleSearch };

/** One page of rules, and the number of matches. */
export async function searchRules(
  db: Db,
  { view, search }: RulesInView,
  window: { readonly skip: number; readonly take: number },
): Promise<{ readonly rules: readonly Rule[]; readonly total: number }> {
  const where = await toRuleWhere(db, view, search);
  const [rows, total] = await Promise.all([
    db.updateRule.findMany({
      where,
      include: RELATIONS,
      orderBy: toRuleOrder(search),
      skip: window.skip,
      take: window.take,
    }),
    db.updateRule.count({ where }),
  ]);
  return { rules: await addRejections(db, rows.map(toRule)), total };
}

/** All matching rules up to a limit: the selection "all that match" of an action. */
export async function findMatchingRules(
  db: Db,
  { view, search }: RulesInView,
  most: number,
): Promise<readonly Rule[]> {
  const rows = await db.updateRule.findMany({
    where: await toRuleWhere(db, view, search),
    include: RELATIONS,
    orderBy: toRuleOrder(search),
    take: most,
  });
  return addRejections(db, rows.map(toRule));
}

/** The filter values of all rules in a view. */
export async function findFacets(db: Db, view: RuleView): Promise<RuleFacets> {
  const rows = await db.updateRule.findMany({
    where: viewWhere(view),
    distinct: [...RULE_COLUMN_FACETS, "poolId"],
    include: { pool: { select: { fqdn: true } } },
  });
  return recordOfFacets((facet) =>
    distinctIgnoringCase(rows.map((row) => (facet === "pool" ? row.pool.fqdn : row[facet]))),
  );
}

/** The number of rules in each view. */
export async function countViews(db: Db): Promise<Readonly<Record<RuleView, number>>> {
  const [pending, approved, all] = await Promise.all([
    countRules(db, "pending"),
    countRules(db, "approved"),
    countRules(db, "all"),
  ]);
  return { pending, approved, all };
}

export async function countRules(db: Db, view: RuleView): Promise<number> {
  return db.updateRule.count({ where: viewWhere(view) });
}

function toRule(row: RuleRow): Rule {
  return {
    id: row.id,
    poolId: row.poolId,
    poolFqdn: row.pool.fqdn,
    hardware: toHardware(row),
    updateType: row.updateType,
    approved: toRef(row.approvedRelease),
    pending: toRef(row.pendingRelease),
    restore: toRef(row.restoreRelease),
    generation: row.generation,
    importedAt: row.importedAt,
    importedBy: row.importedBy,
  };
}

function toRef(row: RefRow | null): ReleaseRef | null {
  if (row === null) {
    return null;
  }
  const problem = problemColumn.parse(row.files[0]?.blob.problem ?? null);
  return {
    releaseId: row.id,
    version: row.version,
    ...(problem === null ? {} : { problem }),
  };
}
