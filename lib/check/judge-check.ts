import type { JudgedRule } from "#lib/check/answer";
import { decideUpdate } from "#lib/check/decide-update";
import type { PoolTable, RuleTable } from "#lib/check/rule-table";
import { findCandidates, findPoolByHost, isTestDevice } from "#lib/check/rule-table";
import { AppError } from "#lib/core/errors";
import type { CheckRequest, InstalledModule } from "#lib/protocol/check-request";

/** What a request says about the pool it is meant for. */
export type PoolReference = {
  /** The pool that the request names, if it does. */
  readonly poolFqdn: string | null;
  /** The host it was sent to, without port. */
  readonly host: string | null;
};

/** What became of a check: the pool it reached, if any, and a judgement for every candidate rule. */
export type JudgedCheck = {
  readonly pool: PoolTable | null;
  readonly isTestDevice: boolean;
  readonly judged: readonly JudgedRule[];
};

/** Judges a check whatever language it came in. Pure: the same rules and the same request give the same judgements. */
export function judgeCheck(
  rules: RuleTable,
  reference: PoolReference,
  request: CheckRequest,
): JudgedCheck {
  const pool = requirePool(rules, reference);
  if (pool === null) {
    return { pool, isTestDevice: false, judged: [] };
  }
  const candidates = findCandidates(pool, request.hardware);
  const device = {
    hardware: request.hardware,
    isTestDevice: isTestDevice(pool, request),
    installed: toVersions(request.installed),
  };
  const judgements = decideUpdate(device, candidates);
  const judged = candidates.flatMap((rule, index) => {
    const judgement = judgements[index];
    return judgement === undefined ? [] : [{ pool: pool.pool, rule, judgement }];
  });
  return { pool, isTestDevice: device.isTestDevice, judged };
}

/** A pool that is asked for by name must exist; a host may be any address that leads here. Null: there is no pool. */
function requirePool(rules: RuleTable, { poolFqdn, host }: PoolReference): PoolTable | null {
  if (poolFqdn === null) {
    return findPoolByHost(rules, host);
  }
  const pool = rules.pools.get(poolFqdn.toLowerCase());
  if (pool === undefined) {
    const fields = [{ path: "query.pool", message: "There is no pool of this name." }];
    throw new AppError("unprocessable_input", "The request names an unknown pool.", { fields });
  }
  return pool;
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
