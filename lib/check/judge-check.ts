import type { JudgedRule } from "#lib/check/answer";
import { decideUpdate } from "#lib/check/decide-update";
import type { PoolTable, RuleTable } from "#lib/check/rule-table";
import { findCandidates, findPoolByHost, isTestDevice } from "#lib/check/rule-table";
import { AppError } from "#lib/core/errors";
import { hostKey } from "#lib/core/host-name";
import { onceForEach } from "#lib/core/once-for-each";
import type { CheckRequest, InstalledModule } from "#lib/protocol/check-request";

/** What a request says about the pool it is meant for. */
export type PoolReference = {
  /** The pool that the request names, if it does. */
  readonly poolFqdn: string | null;
  /** The host it was sent to, as in its `Host` header. */
  readonly host: string | null;
};

/** What became of a check: the pool it reached, if any, and a judgement for every candidate rule. */
export type JudgedCheck = {
  readonly pool: PoolTable | null;
  readonly isTestDevice: boolean;
  readonly judged: readonly JudgedRule[];
  /** What the phone says it is and runs; the same object for all phones that said the same and were judged together. */
  readonly kind: PhoneKind;
};

export type PhoneKind = Pick<CheckRequest, "hardware" | "installed">;

/**
 * Phones of one kind that run the same are judged alike, and after a power cut thousands of them ask, so each judgement
 * is made once and goes with its table. Phones choose what they say; the bounds keep one of them from filling the memory:
 * what would take much room is judged anew each time.
 */
const judgedAlready = onceForEach<PoolTable, Map<string, JudgedCheck>>(() => new Map());
const MOST_KINDS = 4_096;
const LONGEST_KEPT_NAME = 1_000;

/** Judges a check whatever language it came in. Pure: the same rules and the same request give the same judgements. */
export function judgeCheck(
  rules: RuleTable,
  reference: PoolReference,
  request: CheckRequest,
): JudgedCheck {
  const pool = requirePool(rules, reference);
  const { hardware, installed } = request;
  if (pool === null) {
    return { pool, isTestDevice: false, judged: [], kind: { hardware, installed } };
  }
  const isTest = isTestDevice(pool, request);
  const known = judgedAlready(pool);
  const name = nameOf(request, isTest);
  return known.get(name) ?? keep(known, name, judgeKind(pool, { hardware, installed }, isTest));
}

function keep(known: Map<string, JudgedCheck>, name: string, check: JudgedCheck): JudgedCheck {
  if (name.length <= LONGEST_KEPT_NAME) {
    if (known.size >= MOST_KINDS) {
      known.clear();
    }
    known.set(name, check);
  }
  return check;
}

/**
 * All that a judgement depends on beside the rules, and all that is written down of a kind, to the letter. Control
 * characters are in nothing that a phone may say.
 */
function nameOf({ hardware, installed }: PhoneKind, isTest: boolean): string {
  const { deviceType, brand, model, revision, locale } = hardware;
  let name = isTest ? "test" : "";
  name += `\n${deviceType}\n${brand}\n${model}\n${revision}\n${locale}`;
  for (const { updateType, fileName, version, timestamp } of installed) {
    name += `\n${updateType}\n${fileName}\n${version}\n${timestamp ?? ""}`;
  }
  return name;
}

function judgeKind(pool: PoolTable, kind: PhoneKind, isTest: boolean): JudgedCheck {
  const { hardware, installed } = kind;
  const candidates = findCandidates(pool, hardware);
  const device = { hardware, isTestDevice: isTest, installed: toVersions(installed) };
  const judgements = decideUpdate(device, candidates);
  const judged = candidates.flatMap((rule, index) => {
    const judgement = judgements[index];
    return judgement === undefined ? [] : [{ pool: pool.pool, rule, judgement }];
  });
  return { pool, isTestDevice: device.isTestDevice, judged, kind };
}

/** A pool that is asked for by name must exist; a host may be any address that leads here. Null: there is no pool. */
function requirePool(rules: RuleTable, { poolFqdn, host }: PoolReference): PoolTable | null {
  if (poolFqdn === null) {
    return findPoolByHost(rules, host);
  }
  const pool = rules.pools.get(hostKey(poolFqdn));
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
