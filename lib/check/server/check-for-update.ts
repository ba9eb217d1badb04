import "server-only";
import type { JudgedRule } from "#lib/check/answer";
import { toAnswer } from "#lib/check/answer";
import { decideUpdate } from "#lib/check/decide-update";
import { toJudgementRecord, toOutcome } from "#lib/check/outcome";
import type { PoolTable, RuleTable } from "#lib/check/rule-table";
import { findCandidates, findPoolByHost, isTestDevice } from "#lib/check/rule-table";
import { recordCheck } from "#lib/check/server/recorder";
import { currentRuleTable } from "#lib/check/server/rule-table-loader";
import { AppError } from "#lib/core/errors";
import type { Dialect, OfferedModule, Side } from "#lib/devices/model";
import { env } from "#lib/platform/env";
import type { CheckRequest, InstalledModule } from "#lib/protocol/check-request";
import type { CheckAnswer } from "#lib/protocol/json-answer";

/**
 * How a check came in. The door has let the phone in already, by its address inside the firewall and by a user's
 * credentials outside: the path says which.
 */
export type CheckContext = {
  readonly now: Date;
  readonly side: Side;
  readonly dialect: Dialect;
  readonly address: string;
  /** The pool that the request names, if it does. */
  readonly poolFqdn: string | null;
  /** The host it was sent to, without port. */
  readonly host: string | null;
  /** Whose credentials were brought; null inside. */
  readonly accountName: string | null;
};

/**
 * Answers a phone. Needs nothing but memory: what it leaves behind is handed to the recorder, and the database may be
 * away. A phone that nobody knows is no error; it is judged and listed.
 */
export function checkForUpdate(context: CheckContext, request: CheckRequest): CheckAnswer {
  const { NEXT_CHECK_SECONDS, INSTALL_IDLE_SECONDS } = env();
  const table = requirePool(currentRuleTable(), context);
  const judged = table === null ? [] : judge(table, request);
  record(context, request, { table, judged });
  return toAnswer(judged, {
    nextCheckSeconds: NEXT_CHECK_SECONDS,
    idleSecondsBeforeInstall: INSTALL_IDLE_SECONDS,
  });
}

/** A pool that is asked for by name must exist; a host may be any address that leads here. Null: there is no pool. */
function requirePool(table: RuleTable, { poolFqdn, host }: CheckContext): PoolTable | null {
  if (poolFqdn === null) {
    return findPoolByHost(table, host);
  }
  const pool = table.pools.get(poolFqdn.toLowerCase());
  if (pool === undefined) {
    const fields = [{ path: "query.pool", message: "There is no pool of this name." }];
    throw new AppError("unprocessable_input", "The request names an unknown pool.", { fields });
  }
  return pool;
}

function judge(table: PoolTable, request: CheckRequest): readonly JudgedRule[] {
  const { pool } = table;
  const rules = findCandidates(table, request.hardware);
  const device = {
    hardware: request.hardware,
    isTestDevice: isTestDevice(table, request),
    installed: toVersions(request.installed),
  };
  const judgements = decideUpdate(device, rules);
  return rules.flatMap((rule, index) => {
    const judgement = judgements[index];
    return judgement === undefined ? [] : [{ pool, rule, judgement }];
  });
}

/** An empty version is one that the phone did not say. */
function toVersions(installed: readonly InstalledModule[]): ReadonlyMap<string, string> {
  const versions = new Map<string, string>();
  for (const { updateType, version } of installed) {
    if (version !== "") {
      versions.set(updateType.toLowerCase(), version);
    }
  }
  return versions;
}

function record(
  context: CheckContext,
  request: CheckRequest,
  { table, judged }: { readonly table: PoolTable | null; readonly judged: readonly JudgedRule[] },
): void {
  const judgements = judged.map(({ judgement }) => judgement);
  recordCheck({
    at: context.now,
    poolId: table?.pool.id ?? null,
    side: context.side,
    dialect: context.dialect,
    outcome: table === null ? "no_pool" : toOutcome(judgements),
    address: context.address,
    macAddress: request.macAddress,
    serialNumber: request.serialNumber,
    hardware: request.hardware,
    // Outside, credentials say who it is; inside, only the phone does.
    userName: context.accountName ?? request.user,
    trigger: request.trigger,
    requested: request.installed,
    offered: judged.flatMap(toOffered),
    judgements: judgements.map(toJudgementRecord),
  });
}

function toOffered({ rule: { updateType }, judgement }: JudgedRule): readonly OfferedModule[] {
  return judgement.verdict === "offered"
    ? [{ updateType, version: judgement.release.version, channel: judgement.channel }]
    : [];
}
