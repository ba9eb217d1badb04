import "server-only";
import type { z } from "zod";
import { searchEntries } from "#foundation/audit/server/store";
import type { Permission } from "#foundation/core/permissions";
import { requirePermission } from "#foundation/core/permissions";
import { parseInput } from "#foundation/core/parse-input";
import { toTimeRange } from "#foundation/core/time";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { Db } from "#foundation/platform/db/client";
import { findGhosts } from "#fleet/devices/server/conflict-store";
import { currentLimits } from "#fleet/devices/server/current-limits";
import { ghostsSilentBefore } from "#fleet/devices/server/find-doubtful-phones";
import { searchRetiredDevices } from "#fleet/devices/server/retirement-store";
import { searchTestDevices } from "#fleet/test-devices/server/store";
import { requireKnownPoolsUnchecked } from "#fleet/pools/server/known-pools";
import { requireKnownSitesUnchecked } from "#fleet/sites/server/known-sites";
import { searchImports } from "#firmware/imports/server/store";
import { searchRules } from "#firmware/rules/server/store";
import { searchCaptures } from "#phones/captures/server/store";
import type { ExportFormat } from "#phones/check-log/export-lines";
import { searchLogs } from "#phones/device-logs/server/store";
import { DEVICE_COLUMNS } from "#phones/exports/device-columns";
import {
  auditExportQuery,
  captureExportQuery,
  deviceExportQuery,
  ghostExportQuery,
  importExportQuery,
  logExportQuery,
  retiredExportQuery,
  rollOutExportQuery,
  ruleExportQuery,
  testDeviceExportQuery,
  userHomeExportQuery,
} from "#phones/exports/export-queries";
import {
  AUDIT_COLUMNS,
  CAPTURE_COLUMNS,
  GHOST_COLUMNS,
  IMPORT_COLUMNS,
  LOG_COLUMNS,
  RETIRED_COLUMNS,
  ROLL_OUT_COLUMNS,
  RULE_COLUMNS,
  TEST_DEVICE_COLUMNS,
  USER_HOME_COLUMNS,
} from "#phones/exports/list-columns";
import type { ExportColumn, ExportList } from "#phones/exports/model";
import { readExportedDevices } from "#phones/exports/server/read-exported-devices";
import { toExportText } from "#phones/exports/to-export-text";
import { searchUserHomes } from "#phones/home-pools/server/store";
import { searchRollOuts } from "#phones/roll-outs/server/store";
import { summarizeRollOuts } from "#phones/roll-outs/server/summarize-roll-outs";

/** Rows that are in memory at a time. */
const BATCH_SIZE = 1_000;

type Window = { readonly skip: number; readonly take: number };
type Batches<Row> = AsyncIterable<readonly Row[]>;

/** An export of one list: the text of its rows, in pieces, within the caller's transaction. */
export type PreparedExport = {
  readonly checkPlaces: () => Promise<void>;
  readonly texts: (context: UseCaseContext, tx: Db) => AsyncGenerator<string, undefined>;
};

/** Checks the permission and the query, and prepares the export. Throws `invalid_input` for an unknown filter. */
type PrepareExport = (
  context: UseCaseContext,
  query: unknown,
  format: ExportFormat,
) => PreparedExport;

export const LIST_EXPORTS = {
  devices: defineExport("device:read", deviceExportQuery, {
    columns: DEVICE_COLUMNS,
    poolsOf: ({ pool }) => pool,
    sitesOf: ({ site }) => site,
    read: (query, { context, tx }) => readExportedDevices(context, tx, query),
  }),
  "retired-devices": defineExport("device:read", retiredExportQuery, {
    columns: RETIRED_COLUMNS,
    read: (query, { context, tx }) =>
      inPages(async (window) => {
        const limits = currentLimits(context.now);
        return (await searchRetiredDevices(tx, { ...query, page: 1 }, { limits, window })).devices;
      }),
  }),
  ghosts: defineExport("device:read", ghostExportQuery, {
    columns: GHOST_COLUMNS,
    read: (_query, { context, tx }) =>
      inPages(
        async (window) => (await findGhosts(tx, ghostsSilentBefore(context.now), window)).phones,
      ),
  }),
  rules: defineExport("rule:read", ruleExportQuery, {
    columns: RULE_COLUMNS,
    poolsOf: ({ pool }) => pool,
    read: ({ view, ...search }, { tx }) =>
      inPages(async (window) => {
        const { skip, take } = window;
        const page = { ...search, page: 1, size: take };
        return (await searchRules(tx, { view, search: page }, { skip, take })).rules;
      }),
  }),
  "roll-outs": defineExport("rule:read", rollOutExportQuery, {
    columns: ROLL_OUT_COLUMNS,
    poolsOf: ({ pool }) => pool,
    read: ({ rule: ruleId, ...filter }, { context, tx }) =>
      inPages(async (window) => {
        const { rollOuts } = await searchRollOuts(tx, { ...filter, ruleId }, window);
        return summarizeRollOuts(tx, rollOuts, context.now);
      }),
  }),
  "test-devices": defineExport("test_device:read", testDeviceExportQuery, {
    columns: TEST_DEVICE_COLUMNS,
    read: (query, { tx }) =>
      inPages(
        async (window) => (await searchTestDevices(tx, { ...query, page: 1 }, window)).testDevices,
      ),
  }),
  imports: defineExport("import:read", importExportQuery, {
    columns: IMPORT_COLUMNS,
    read: (query, { tx }) =>
      inPages(async (window) => (await searchImports(tx, query, window)).imports),
  }),
  "user-homes": defineExport("pool:read", userHomeExportQuery, {
    columns: USER_HOME_COLUMNS,
    read: (query, { tx }) =>
      inPages(
        async (window) => (await searchUserHomes(tx, { ...query, page: 1 }, window)).userHomes,
      ),
  }),
  captures: defineExport("capture:read", captureExportQuery, {
    columns: CAPTURE_COLUMNS,
    read: (query, { tx }) => inPages((window) => searchCaptures(tx, { ...query, page: 1 }, window)),
  }),
  logs: defineExport("log:read", logExportQuery, {
    columns: LOG_COLUMNS,
    poolsOf: ({ pool }) => pool,
    read: (query, { tx }) => inPages((window) => searchLogs(tx, { ...query, page: 1 }, window)),
  }),
  audit: defineExport("audit:read", auditExportQuery, {
    columns: AUDIT_COLUMNS,
    read: ({ q, kind, subject, from, to, order }, { tx }) => {
      const search = { q, kinds: kind, subjectId: subject, range: toTimeRange(from, to), order };
      return inPages(async (window) => (await searchEntries(tx, search, window)).entries);
    },
  }),
} as const satisfies Record<ExportList, PrepareExport>;

type Place = { readonly context: UseCaseContext; readonly tx: Db };

type ExportDefinition<Query, Row> = {
  readonly columns: readonly ExportColumn<Row>[];
  readonly read: (query: Query, place: Place) => Batches<Row>;
  /** The pools that a query names, which must exist. */
  readonly poolsOf?: (query: Query) => readonly string[];
  /** The sites that a query names, which must exist. */
  readonly sitesOf?: (query: Query) => readonly string[];
};

function defineExport<Schema extends z.ZodType, Row>(
  permission: Permission,
  schema: Schema,
  { columns, read, poolsOf, sitesOf }: ExportDefinition<z.output<Schema>, Row>,
): PrepareExport {
  return (context, given, format) => {
    requirePermission(context.actor, permission);
    const query = parseInput(schema, given, {
      message: "The request does not match the expected shape.",
      place: "query",
    });
    return {
      checkPlaces: async () => {
        await requireKnownPoolsUnchecked(poolsOf?.(query) ?? []);
        await requireKnownSitesUnchecked(sitesOf?.(query) ?? []);
      },
      texts: async function* (exporter, tx) {
        const { begin, row, end } = toExportText(columns, format);
        let count = 0;
        for await (const batch of read(query, { context: exporter, tx })) {
          const from = count;
          const rows = batch.map((item, index) => row(item, from + index)).join("");
          // The first query takes the snapshot, and it may fail: the answer begins after it.
          if (batch.length > 0) {
            yield from === 0 ? `${begin}${rows}` : rows;
          }
          count += batch.length;
        }
        yield count === 0 ? `${begin}${end}` : end;
        return undefined;
      },
    };
  };
}

/** Within a transaction with a snapshot, pages by number neither lose nor repeat a row. */
async function* inPages<Row>(
  find: (window: Window) => Promise<readonly Row[]>,
): AsyncGenerator<readonly Row[], undefined> {
  for (let skip = 0; ; skip += BATCH_SIZE) {
    const rows = await find({ skip, take: BATCH_SIZE });
    yield rows;
    if (rows.length < BATCH_SIZE) {
      return undefined;
    }
  }
}
