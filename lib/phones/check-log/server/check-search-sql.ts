import "server-only";
import { Prisma } from "#generated/client";
import type { CheckFilter } from "#phones/check-log/search-params";
import { readMacAddress } from "#foundation/core/mac-address";
import { toTimeRange } from "#foundation/core/time";
import { identifiedBy } from "#foundation/platform/db/identity-filter";
import { DIALECTS, RECORDED_TRIGGERS, SIDES } from "#fleet/devices/model";
import type { Db } from "#foundation/platform/db/client";
import { equalsIgnoringCase } from "#foundation/platform/db/text-filter";

/**
 * Conditions of the queries about checks, in which `check_` is the row of `StoredCheck`. What the dictionaries have is
 * decided first, so that PostgreSQL knows how frequent the matching verdicts and senders are.
 */

/** A text of more senders is compared check by check: they are so frequent that a page is found soon. */
const MAX_LISTED_SENDERS = 20_000;

/** The checks that match a filter, for queries of the check log. */
export type CheckSelection = { readonly condition: Prisma.Sql };

/** Finds the verdicts and senders that match a filter. */
export async function selectChecks(db: Db, filter: CheckFilter): Promise<CheckSelection> {
  const { from, before } = toTimeRange(filter.from, filter.to);
  const [ofAnswer, ofSender] = await Promise.all([
    findAnswerConditions(db, filter),
    findSenderConditions(db, filter.q.trim()),
  ]);
  const conditions = [
    Prisma.sql`true`,
    ...(from === null ? [] : [Prisma.sql`check_."at" >= ${from}`]),
    ...(before === null ? [] : [Prisma.sql`check_."at" < ${before}`]),
    ...isOneOf(Prisma.sql`check_."side"`, filter.side, SIDES),
    ...isOneOf(Prisma.sql`check_."dialect"`, filter.dialect, DIALECTS),
    ...isOneOf(Prisma.sql`check_."trigger"`, filter.trigger, RECORDED_TRIGGERS),
    ...ofAnswer,
    ...ofSender,
  ];
  return { condition: Prisma.join(conditions, " AND ") };
}

/** Conditions about the kind of the phone and the answer: of the verdict, or of the check's own content. */
async function findAnswerConditions(db: Db, filter: CheckFilter): Promise<readonly Prisma.Sql[]> {
  const poolIds = filter.pool.length === 0 ? [] : await findPoolIds(db, filter.pool);
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

/** Empty for an empty text. A check matches by what it stated itself, also if its phone states something else now. */
async function findSenderConditions(db: Db, text: string): Promise<readonly Prisma.Sql[]> {
  if (text === "") {
    return [];
  }
  const conditions = senderConditions(text);
  const sources = conditions.map(
    (condition) => Prisma.sql`SELECT sender."id" FROM "CheckSender" sender WHERE ${condition}`,
  );
  const rows = await db.$queryRaw<{ id: number }[]>`
    ${Prisma.join(sources, " UNION ")} LIMIT ${MAX_LISTED_SENDERS + 1}`;
  return [
    rows.length > MAX_LISTED_SENDERS
      ? Prisma.sql`(SELECT ${Prisma.join([...conditions], " OR ")} FROM "CheckSender" sender
          WHERE sender."id" = check_."senderId")`
      : Prisma.sql`check_."senderId" = ANY(${rows.map(({ id }) => id)}::int[])`,
  ];
}

/** Checks without a MAC address that were assigned to a phone count for its MAC address. */
function senderConditions(text: string): readonly Prisma.Sql[] {
  const macAddress = readMacAddress(text);
  const row = Prisma.sql`sender`;
  return macAddress === null
    ? identifiedBy(row, text)
    : [
        Prisma.sql`sender."deviceKey" = ${`mac:${macAddress.toLowerCase()}`}`,
        Prisma.sql`sender."macAddress" = ${macAddress}`,
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
