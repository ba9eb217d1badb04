import "server-only";
import { Prisma } from "#generated/client";
import type { StateSelection } from "#fleet/devices/kind";
import type { ProgressLimits } from "#fleet/devices/progress-state";
import { TROUBLE_STATES } from "#fleet/devices/progress-state";
import type { RollOutFilter } from "#fleet/devices/roll-out-state";
import { ROLL_OUT_STATES } from "#fleet/devices/roll-out-state";
import type { DeviceSearch } from "#fleet/devices/search-params";
import { isAtSite } from "#fleet/devices/server/place-sql";
import { isInProgress } from "#fleet/devices/server/progress-state-sql";
import { phonesInStates } from "#fleet/devices/server/roll-out-sql";
import { hardwareKey } from "#foundation/core/hardware";
import { hasTrigram, toMacDigits } from "#foundation/core/search-text";
import { identifiedBy, phoneIdentity } from "#foundation/platform/db/identity-filter";
import type { IdentityRow } from "#foundation/platform/db/identity-filter";
import { containsText, equalsIgnoringCase } from "#foundation/platform/db/text-filter";

/**
 * Conditions of the queries about devices, in which `listed` is the row of `ListedDevice`. Conditions about what phones
 * report are decided over kinds before; phones without a kind are compared themselves.
 */

/** The conditions that a search sets, except its state, which `selection` has. */
export type DeviceFilter = Pick<DeviceSearch, "q" | "model" | "pool" | "site" | "progress"> & {
  /** Null: any state. */
  readonly selection: StateSelection | null;
  /** Null: phones of any roll-out, and of none. */
  readonly rollOut: RollOutFilter | null;
  /** Null: phones with any id. */
  readonly ids: readonly string[] | null;
};

/** The ids of the kinds that satisfy the conditions about what phones report. */
export type MatchingKinds = {
  readonly ofText: readonly number[];
  readonly ofModel: readonly number[];
};

type ConditionOptions = {
  readonly kinds: MatchingKinds;
  readonly limits: ProgressLimits;
};

export function toConditions(
  { q, model, pool, site, progress, selection, rollOut, ids }: DeviceFilter,
  { kinds, limits }: ConditionOptions,
): Prisma.Sql {
  const conditions = [Prisma.sql`true`];
  if (q.trim() !== "") {
    conditions.push(matchesText(q.trim(), kinds.ofText));
  }
  if (model.length > 0) {
    conditions.push(Prisma.sql`(
      ${isOfKind(kinds.ofModel)} OR ${isWithoutKind(isOfModel(Prisma.sql`device`, model))}
    )`);
  }
  if (pool.length > 0) {
    conditions.push(Prisma.sql`listed."poolId" = ANY(ARRAY(
      SELECT "id" FROM "Pool" WHERE ${equalsIgnoringCase(Prisma.sql`"fqdn"`, pool)}
    ))`);
  }
  if (site.length > 0) {
    conditions.push(isAtSite(site));
  }
  if (progress.length > 0) {
    conditions.push(isInProgress(progress, limits));
  }
  if (rollOut !== null) {
    conditions.push(Prisma.sql`listed."deviceId" IN (${phonesOfRollOut(rollOut, limits)})`);
  }
  if (ids !== null) {
    conditions.push(Prisma.sql`listed."deviceId" = ANY(${[...ids]}::uuid[])`);
  }
  if (selection !== null) {
    conditions.push(isOfFigure(selection, limits));
  }
  return Prisma.join(conditions, " AND ");
}

function isOfFigure(selection: StateSelection, limits: ProgressLimits): Prisma.Sql {
  const arms = [isSelected(selection)];
  if (selection.hasSilent) {
    arms.push(Prisma.sql`listed."lastSeenAt" < ${limits.silentBefore}`);
  }
  if (selection.hasTroubled) {
    arms.push(isInProgress(TROUBLE_STATES, limits));
  }
  return Prisma.sql`(${Prisma.join(arms, " OR ")})`;
}

function phonesOfRollOut({ scope, states }: RollOutFilter, limits: ProgressLimits): Prisma.Sql {
  const chosen = states.length === 0 ? ROLL_OUT_STATES : states;
  return Prisma.sql`
    SELECT phone."id" FROM (${phonesInStates(scope, limits)}) phone
    WHERE phone."state" = ANY(${[...chosen]})`;
}

/** The models of a row of a kind, or of a device without one. */
export function isOfModel(row: Prisma.Sql, models: readonly string[]): Prisma.Sql {
  return equalsIgnoringCase(Prisma.sql`${row}."model"`, models);
}

/** Whether what a row of a kind, or of a device without one, reports contains a text. */
export function reportsText(row: Prisma.Sql, text: string): Prisma.Sql {
  const columns = [
    Prisma.sql`${row}."version"`,
    Prisma.sql`${row}."brand"`,
    Prisma.sql`${row}."model"`,
  ];
  const found = columns.map((column) => containsText(column, text));
  return Prisma.sql`(${Prisma.join(found, " OR ")})`;
}

function isOfKind(ids: readonly number[]): Prisma.Sql {
  return Prisma.sql`listed."kindId" = ANY(${[...ids]})`;
}

/** Whether the device has no kind and its own row satisfies a condition. */
function isWithoutKind(condition: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(listed."kindId" IS NULL AND EXISTS (
    SELECT FROM "Device" device
    WHERE device."kindId" IS NULL AND device."id" = listed."deviceId" AND ${condition}
  ))`;
}

function matchesText(text: string, kinds: readonly number[]): Prisma.Sql {
  return hasTrigram(text) || hasMacPairs(text)
    ? matchesLongText(text, kinds)
    : matchesShortText(text, kinds);
}

/** Pairs of a MAC address: the index finds their digits, and also the pairs themselves, by their beginnings and ends. */
function hasMacPairs(text: string): boolean {
  return /[-:]/.test(text) && (toMacDigits(text)?.length ?? 0) >= MIN_MAC_DIGITS;
}

/** Fewer digits are part of too many texts for an index. */
const MIN_MAC_DIGITS = 6;

/** No index finds the text, so that all phones are read: the narrow rows, which have what identifies them. */
function matchesShortText(text: string, kinds: readonly number[]): Prisma.Sql {
  const row = Prisma.sql`device`;
  const conditions = [
    ...identifiedBy(LISTED, text),
    ...(kinds.length === 0 ? [] : [isOfKind(kinds)]),
    isWithoutKind(reportsText(row, text)),
  ];
  return Prisma.sql`(${Prisma.join(conditions, " OR ")})`;
}

/** The search text of a row of `ListedDevice` begins with the MAC address. */
const LISTED: IdentityRow = {
  searched: Prisma.sql`listed."searchText"`,
  macAddress: Prisma.sql`split_part(listed."searchText", E'\x1f', 1)`,
};

/**
 * Separate queries instead of OR, so that each uses its index and the planner can estimate it. Kinds may have most of the
 * phones: then one pass over the narrow rows is cheaper than any index.
 */
function matchesLongText(text: string, kinds: readonly number[]): Prisma.Sql {
  const row = Prisma.sql`device`;
  const sources = [
    ...identifiedBy(phoneIdentity(row), text).map(
      (condition) => Prisma.sql`SELECT device."id" FROM "Device" device WHERE ${condition}`,
    ),
    Prisma.sql`SELECT device."id" FROM "Device" device
      WHERE device."kindId" IS NULL AND ${reportsText(row, text)}`,
  ];
  const isNamed = Prisma.sql`listed."deviceId" IN (${Prisma.join(sources, " UNION ALL ")})`;
  return kinds.length === 0 ? isNamed : Prisma.sql`(${isOfKind(kinds)} OR ${isNamed})`;
}

/** A row of `ListedDevice` that is selected over kinds. */
export function isSelected(selection: StateSelection): Prisma.Sql {
  const { kinds, contents, ruledHardware, hasUnruled, judgedIds, matchingIds } = selection;
  const arms = [Prisma.sql`false`];
  if (kinds.length > 0) {
    const pools = kinds.map(({ poolId }) => poolId);
    const ids = kinds.map(({ kindId }) => kindId);
    arms.push(Prisma.sql`(${isOfKind([...new Set(ids)])} AND (listed."poolId", listed."kindId") IN (
      SELECT * FROM unnest(${pools}::uuid[], ${ids}::int[])
    ))`);
  }
  if (contents.length > 0) {
    arms.push(isWithoutKind(isContent(contents)));
  }
  if (hasUnruled) {
    const isRuled = Prisma.sql`device."hardwareKey" = ANY(${[...ruledHardware]})`;
    arms.push(Prisma.sql`listed."poolId" IS NULL`);
    arms.push(isWithoutKind(Prisma.sql`NOT ${isRuled}`));
  }
  return Prisma.sql`(
    (listed."deviceId" <> ALL(${[...judgedIds]}::uuid[]) AND (${Prisma.join(arms, " OR ")}))
    OR listed."deviceId" = ANY(${[...matchingIds]}::uuid[])
  )`;
}

function isContent(contents: StateSelection["contents"]): Prisma.Sql {
  const rows = contents.map(({ poolId, hardware, installed }) => ({
    poolId,
    hardwareKey: hardwareKey(hardware),
    installed,
  }));
  return Prisma.sql`(device."poolId", device."hardwareKey", device."installed") IN (
    SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS content ("poolId" uuid, "hardwareKey" text, "installed" jsonb)
  )`;
}
