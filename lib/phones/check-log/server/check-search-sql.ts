import "server-only";
import { Prisma } from "#generated/client";
import type { CheckFilter } from "#phones/check-log/search-params";
import { readMacAddress } from "#foundation/core/mac-address";
import { toTimeRange } from "#foundation/core/time";
import { hasEarlierChecks } from "#phones/check-log/server/earlier-check-store";
import { identifiedBy, phoneIdentity } from "#foundation/platform/db/identity-filter";
import type { IdentityRow } from "#foundation/platform/db/identity-filter";
import { DIALECTS, RECORDED_TRIGGERS, SIDES } from "#fleet/devices/model";
import type { Db } from "#foundation/platform/db/client";
import { equalsIgnoringCase } from "#foundation/platform/db/text-filter";

/**
 * Conditions of the queries about checks, in which `check_` is the row of `StoredCheck`. What the dictionaries have is
 * decided first, so that PostgreSQL knows how frequent the matching verdicts and senders are.
 */

/** A text of more senders is compared check by check: they are so frequent that a page is found soon. */
const MAX_LISTED_SENDERS = 20_000;
const MAX_ESTIMATED_SENDERS = 500;

/** The checks that match a filter, for queries of the check log. */
export type CheckSelection = {
  readonly condition: Prisma.Sql;
  /** The same about `check_` as a row of `EarlierCheck`; null if that table is empty. */
  readonly earlier: Prisma.Sql | null;
};

/** Finds the verdicts and senders that match a filter. */
export async function selectChecks(db: Db, filter: CheckFilter): Promise<CheckSelection> {
  const { from, before } = toTimeRange(filter.from, filter.to);
  const text = filter.q.trim();
  const poolIds = filter.pool.length === 0 ? [] : await findPoolIds(db, filter.pool);
  const [ofAnswer, ofSender, hasEarlier] = await Promise.all([
    findAnswerConditions(db, filter, poolIds),
    findSenderConditions(db, text),
    hasEarlierChecks(db),
  ]);
  const ofPeriod = [
    Prisma.sql`true`,
    ...(from === null ? [] : [Prisma.sql`check_."at" >= ${from}`]),
    ...(before === null ? [] : [Prisma.sql`check_."at" < ${before}`]),
  ];
  const conditions = [
    ...ofPeriod,
    ...isOneOf(Prisma.sql`check_."side"`, filter.side, SIDES),
    ...isOneOf(Prisma.sql`check_."dialect"`, filter.dialect, DIALECTS),
    ...isOneOf(Prisma.sql`check_."trigger"`, filter.trigger, RECORDED_TRIGGERS),
    ...ofAnswer,
    ...ofSender,
  ];
  return {
    condition: Prisma.join(conditions, " AND "),
    earlier: hasEarlier
      ? Prisma.join([...ofPeriod, ...earlierConditions(filter, poolIds, text)], " AND ")
      : null,
  };
}

/** Conditions about a row of `EarlierCheck`, which has its own facts. */
function earlierConditions(
  filter: CheckFilter,
  poolIds: readonly string[],
  text: string,
): readonly Prisma.Sql[] {
  const row = Prisma.sql`check_`;
  const equal = (["side", "dialect", "trigger"] as const).flatMap((name) =>
    filter[name].length === 0
      ? []
      : [Prisma.sql`${row}.${Prisma.raw(`"${name}"`)} = ANY(${[...filter[name]]})`],
  );
  const ofAnswer = answerConditions(filter, poolIds, {
    model: Prisma.sql`check_."model"`,
    poolId: Prisma.sql`check_."poolId"`,
    outcome: Prisma.sql`check_."outcome"`,
    judgements: Prisma.sql`check_."judgements"`,
  });
  const ofText =
    text === ""
      ? []
      : [
          Prisma.sql`(${Prisma.join([...senderConditions({ row, ...phoneIdentity(row) }, text)], " OR ")})`,
        ];
  return [...equal, ...ofAnswer, ...ofText];
}

/** Conditions about the kind of the phone and the answer: of the verdict, or of the check's own content. */
async function findAnswerConditions(
  db: Db,
  filter: CheckFilter,
  poolIds: readonly string[],
): Promise<readonly Prisma.Sql[]> {
  const ofVerdict = answerConditions(filter, poolIds, {
    model: Prisma.sql`kind."model"`,
    poolId: Prisma.sql`verdict."poolId"`,
    outcome: Prisma.sql`verdict."outcome"`,
    judgements: Prisma.sql`verdict."judgements"`,
  });
  if (ofVerdict.length === 0) {
    return [];
  }
  const rows = await db.$queryRaw<{ id: number }[]>`
    SELECT verdict."id" FROM "Verdict" verdict JOIN "PhoneKind" kind ON kind."id" = verdict."kindId"
    WHERE ${Prisma.join([...ofVerdict], " AND ")}`;
  const ofContent = answerConditions(filter, poolIds, {
    model: Prisma.sql`(check_."content" ->> 'model')`,
    poolId: Prisma.sql`(check_."content" ->> 'poolId')::uuid`,
    outcome: Prisma.sql`(check_."content" ->> 'outcome')`,
    judgements: Prisma.sql`(check_."content" -> 'judgements')`,
  });
  const ids = rows.map(({ id }) => id);
  return [
    Prisma.sql`(check_."verdictId" = ANY(${ids}::int[])
      OR (check_."verdictId" IS NULL AND ${Prisma.join([...ofContent], " AND ")}))`,
  ];
}

type AnswerColumns = Readonly<Record<"model" | "poolId" | "outcome" | "judgements", Prisma.Sql>>;

function answerConditions(
  filter: CheckFilter,
  poolIds: readonly string[],
  columns: AnswerColumns,
): readonly Prisma.Sql[] {
  const verdicts = filter.verdict.map(
    (verdict) => Prisma.sql`${columns.judgements} @> ${JSON.stringify([{ verdict }])}::jsonb`,
  );
  return [
    ...(filter.model.length === 0 ? [] : [equalsIgnoringCase(columns.model, filter.model)]),
    ...(filter.pool.length === 0
      ? []
      : [Prisma.sql`${columns.poolId} = ANY(${[...poolIds]}::uuid[])`]),
    ...(filter.outcome.length === 0
      ? []
      : [Prisma.sql`${columns.outcome} = ANY(${[...filter.outcome]})`]),
    ...(verdicts.length === 0 ? [] : [Prisma.sql`(${Prisma.join(verdicts, " OR ")})`]),
  ];
}

async function findPoolIds(db: Db, names: readonly string[]): Promise<readonly string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT "id"::text FROM "Pool" WHERE ${equalsIgnoringCase(Prisma.sql`"fqdn"`, names)}`;
  return rows.map(({ id }) => id);
}

type SenderRow = IdentityRow & { readonly row: Prisma.Sql };

const SENDER: SenderRow = {
  row: Prisma.sql`sender`,
  searched: Prisma.sql`sender."searchText"`,
  macAddress: Prisma.sql`sender."macAddress"`,
};

/** Empty for an empty text. A check matches by what it stated itself, also if its phone states something else now. */
async function findSenderConditions(db: Db, text: string): Promise<readonly Prisma.Sql[]> {
  if (text === "") {
    return [];
  }
  const conditions = senderConditions(SENDER, text);
  const sources = conditions.map(
    (condition) => Prisma.sql`SELECT sender."id" FROM "CheckSender" sender WHERE ${condition}`,
  );
  // With duplicates, so that a frequent text ends the search early.
  const rows = await db.$queryRaw<{ id: number }[]>`
    ${Prisma.join(sources, " UNION ALL ")} LIMIT ${MAX_LISTED_SENDERS + 1}`;
  return [
    rows.length > MAX_LISTED_SENDERS
      ? Prisma.sql`(SELECT ${Prisma.join([...conditions], " OR ")} FROM "CheckSender" sender
          WHERE sender."id" = check_."senderId")`
      : isOfSender(rows.map(({ id }) => id)),
  ];
}

/**
 * PostgreSQL estimates how frequent each of the senders is in each day's partition, which takes longer than the search if
 * they are many. It does not see the elements of a subquery, and then uses the index of senders.
 */
function isOfSender(ids: readonly number[]): Prisma.Sql {
  return ids.length > MAX_ESTIMATED_SENDERS
    ? Prisma.sql`check_."senderId" = ANY(ARRAY(SELECT unnest(${[...ids]}::int[])))`
    : Prisma.sql`check_."senderId" = ANY(${[...ids]}::int[])`;
}

/** Checks without a MAC address that were assigned to a phone count for its MAC address. */
function senderConditions(identity: SenderRow, text: string): readonly Prisma.Sql[] {
  const macAddress = readMacAddress(text);
  const { row } = identity;
  return macAddress === null
    ? identifiedBy(identity, text)
    : [
        Prisma.sql`${row}."deviceKey" = ${`mac:${macAddress.toLowerCase()}`}`,
        Prisma.sql`${row}."macAddress" = ${macAddress}`,
      ];
}

function isOneOf(
  column: Prisma.Sql,
  values: readonly string[],
  every: readonly string[],
): readonly Prisma.Sql[] {
  const positions = values.map((value) => every.indexOf(value) + 1);
  return values.length === 0 ? [] : [Prisma.sql`${column} = ANY(${positions}::smallint[])`];
}
