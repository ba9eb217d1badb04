import "server-only";
import { z } from "zod";
import type { StateSelection } from "#fleet/devices/kind";
import type { ProgressLimits } from "#fleet/devices/progress-state";
import type {
  RollOutCounts,
  RollOutScope,
  RollOutSiteCounts,
  RollOutStateCounts,
  RolledOutVersion,
} from "#fleet/devices/roll-out-state";
import { ROLL_OUT_STATES } from "#fleet/devices/roll-out-state";
import { isSelected } from "#fleet/devices/server/device-sql";
import { joinPlacesById } from "#fleet/devices/server/place-sql";
import { factsOf, isPhoneOfRule, phonesInStates } from "#fleet/devices/server/roll-out-sql";
import { toHardware } from "#foundation/core/hardware";
import { recordOf } from "#foundation/core/record-of";
import type { Db } from "#foundation/platform/db/client";

/**
 * Stores the phones that a roll-out moves, and returns their number. Phones that are newer than the roll-out are left
 * out. Phones that were offered the version since it began are stored, even if they report it by now.
 */
export async function insertRollOutPhones(
  tx: Db,
  scope: RollOutScope,
  selection: StateSelection,
): Promise<number> {
  const { rollOutId, startedAt } = scope;
  await tx.$executeRaw`
    INSERT INTO "RollOutPhone" ("rollOutId", "deviceId")
    SELECT ${rollOutId}::uuid, listed."deviceId" FROM "ListedDevice" listed
    WHERE ${isPhoneOfRule(scope)} AND ${isSelected(selection)}
    ON CONFLICT DO NOTHING`;
  await tx.$executeRaw`
    INSERT INTO "RollOutPhone" ("rollOutId", "deviceId")
    SELECT ${rollOutId}::uuid, listed."deviceId"
    FROM "ListedDevice" listed JOIN "Device" device ON device."id" = listed."deviceId"
    WHERE ${isPhoneOfRule(scope)} AND listed."lastSeenAt" >= ${startedAt}
      AND (${factsOf(scope)} ->> 'offeredAt')::bigint >= ${startedAt.getTime()}
    ON CONFLICT DO NOTHING`;
  await tx.$executeRaw`
    DELETE FROM "RollOutPhone" member USING "Device" device
    WHERE member."rollOutId" = ${rollOutId}::uuid
      AND device."id" = member."deviceId" AND device."firstSeenAt" > ${startedAt}`;
  return tx.rollOutPhone.count({ where: { rollOutId } });
}

/** Null if no roll-out with this id brings a version to phones. */
export async function findRolledOutVersion(
  db: Db,
  rollOutId: string,
): Promise<RolledOutVersion | null> {
  const row = await db.rollOut.findUnique({ where: { id: rollOutId } });
  const version = row?.toVersion ?? null;
  if (row === null || version === null) {
    return null;
  }
  return {
    rollOutId,
    poolId: row.poolId,
    hardware: toHardware(row),
    updateType: row.updateType,
    version,
    startedAt: row.startedAt,
    isSettled: row.settledAt !== null,
  };
}

const countRows = z.array(
  z.object({
    siteName: z.string().nullable(),
    state: z.enum(ROLL_OUT_STATES),
    phones: z.bigint().transform(Number),
  }),
);
const joinedRows = z.tuple([
  z.object({ joined: z.bigint().transform(Number), joinedRunning: z.bigint().transform(Number) }),
]);

export type CountedRollOut = {
  readonly counts: RollOutCounts;
  /** The phones of each site, by name; their sum is `counts` without those that joined. */
  readonly sites: readonly RollOutSiteCounts[];
};

/** Counts the phones of a roll-out by state and site, and the phones that joined it later. */
export async function countRollOutPhones(
  db: Db,
  scope: RollOutScope,
  limits: ProgressLimits,
): Promise<CountedRollOut> {
  const rows = countRows.parse(
    await db.$queryRaw`
      SELECT site."name" AS "siteName", phone."state", count(*) AS "phones"
      FROM (${phonesInStates(scope, limits)}) phone
      ${joinPlacesById}
      GROUP BY site."nameKey", site."name", phone."state" ORDER BY site."nameKey"`,
  );
  const [joined] = joinedRows.parse(
    await db.$queryRaw`
      WITH other AS MATERIALIZED (
        SELECT listed."deviceId", listed."kindId" FROM "ListedDevice" listed
        WHERE ${isPhoneOfRule(scope)} AND listed."lastSeenAt" >= ${scope.startedAt}
          AND listed."progressStage" IS NOT NULL
          -- Not a join: right after an approval PostgreSQL has no statistics of the members, and would compare all with all.
          AND listed."deviceId" NOT IN (
            SELECT "deviceId" FROM "RollOutPhone" WHERE "rollOutId" = ${scope.rollOutId}::uuid
          )
      )
      SELECT count(*) AS "joined",
        count(*) FILTER (WHERE other."kindId" = ANY(${[...scope.runningKindIds]})) AS "joinedRunning"
      FROM other JOIN "Device" device ON device."id" = other."deviceId"
      WHERE (${factsOf(scope)} ->> 'offeredAt')::bigint >= ${scope.startedAt.getTime()}`,
  );
  return {
    counts: { ...toStateCounts(rows), ...joined },
    sites: [...Map.groupBy(rows, ({ siteName }) => siteName)].map(([siteName, ofSite]) => ({
      siteName,
      ...toStateCounts(ofSite),
    })),
  };
}

function toStateCounts(rows: z.output<typeof countRows>): RollOutStateCounts {
  const ofState = Map.groupBy(rows, ({ state }) => state);
  return recordOf(ROLL_OUT_STATES, (state) =>
    (ofState.get(state) ?? []).reduce((sum, { phones }) => sum + phones, 0),
  );
}

/** Stores the present states of a roll-out's phones for good, because later offers replace the facts behind them. */
export async function storeRollOutStates(
  tx: Db,
  scope: RollOutScope,
  limits: ProgressLimits,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE "RollOutPhone" member SET "state" = phone."state"
    FROM (${phonesInStates({ ...scope, isSettled: false }, limits)}) phone
    WHERE member."rollOutId" = ${scope.rollOutId}::uuid AND member."deviceId" = phone."id"`;
}
