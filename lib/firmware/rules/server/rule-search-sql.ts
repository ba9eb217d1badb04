import "server-only";
import { Prisma } from "#generated/client";
import { foldCase } from "#foundation/core/fold-case";
import { MAX_SEARCH_WORDS, isSearchable, toSearchWords } from "#foundation/core/search-text";
import type { Db } from "#foundation/platform/db/client";
import { containing, equalsIgnoringCase } from "#foundation/platform/db/text-filter";
import type { RuleFacet } from "#firmware/rules/facets";
import { RULE_COLUMN_FACETS, RULE_FACETS } from "#firmware/rules/facets";
import { recordOf } from "#foundation/core/record-of";
import type { RuleSearch, RuleSortColumn, RuleView } from "#firmware/rules/search-params";

/** The condition of a view. */

export function viewWhere(view: RuleView): Prisma.UpdateRuleWhereInput {
  switch (view) {
    case "pending":
      return { pendingReleaseId: { not: null } };
    case "approved":
      return { approvedReleaseId: { not: null } };
    case "all":
      return {};
  }
}

export async function toRuleWhere(
  db: Db,
  view: RuleView,
  search: RuleSearch,
): Promise<Prisma.UpdateRuleWhereInput> {
  const facets = await Promise.all(
    RULE_FACETS.filter((facet) => search[facet].length > 0).map((facet) =>
      facetWhere(db, facet, search[facet]),
    ),
  );
  return { AND: [viewWhere(view), ...facets, ...wordsWhere(search.q)] };
}

async function facetWhere(
  db: Db,
  facet: RuleFacet,
  values: readonly string[],
): Promise<Prisma.UpdateRuleWhereInput> {
  // Pool names are stored in lower case.
  return facet === "pool"
    ? { pool: { fqdn: { in: values.filter(isSearchable).map(foldCase) } } }
    : { [facet]: { in: await findSpellings(db, Prisma.raw(`"${facet}"`), values) } };
}

/** The spellings of filter values in the table. Prisma has no case-insensitive comparison without wildcards. */
async function findSpellings(
  db: Db,
  column: Prisma.Sql,
  values: readonly string[],
): Promise<string[]> {
  const rows = await db.$queryRaw<{ spelling: string }[]>`
    SELECT DISTINCT ${column} AS "spelling" FROM "UpdateRule"
    WHERE ${equalsIgnoringCase(column, values)}`;
  return rows.map(({ spelling }) => spelling);
}

/** Every word must match at least one of the columns. */
function wordsWhere(q: string): Prisma.UpdateRuleWhereInput[] {
  const words = toSearchWords(q);
  if (words.length > MAX_SEARCH_WORDS) {
    return [{ id: { in: [] } }];
  }
  return words.map((word) => {
    const contains = containing(word);
    return {
      OR: [
        { hardwareKey: contains },
        { pool: { fqdn: contains } },
        { importedBy: contains },
        { pendingRelease: { version: contains } },
        { approvedRelease: { version: contains } },
        { restoreRelease: { version: contains } },
        ...(isUuid(word) ? [{ id: word }] : []),
      ],
    };
  });
}

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

// The id breaks ties; without it, a row could appear on two pages or on none.
export function toRuleOrder({
  sort,
  order,
}: Pick<RuleSearch, "sort" | "order">): Prisma.UpdateRuleOrderByWithRelationInput[] {
  return [ORDER_BY_COLUMN[sort](order), { id: "asc" }];
}

type ToOrder = (order: "asc" | "desc") => Prisma.UpdateRuleOrderByWithRelationInput;

/** The sort order of each column. */
const ORDER_BY_COLUMN = {
  ...recordOf(RULE_COLUMN_FACETS, (facet): ToOrder => (order) => ({ [facet]: order })),
  pendingVersion: (order) => ({ pendingRelease: { versionSortKey: order } }),
  approvedVersion: (order) => ({ approvedRelease: { versionSortKey: order } }),
  restoreVersion: (order) => ({ restoreRelease: { versionSortKey: order } }),
  pool: (order) => ({ pool: { fqdn: order } }),
  importedAt: (order) => ({ importedAt: order }),
  importedBy: (order) => ({ importedBy: order }),
} as const satisfies Record<RuleSortColumn, ToOrder>;
