import type { JudgedRule } from "#phones/check/answer";
import { decideUpdate } from "#phones/check/decide-update";
import type { CheckingDevice } from "#phones/check/model";
import type { PoolTable, RuleTable } from "#phones/check/rule-table";
import {
  findCandidates,
  findPoolByHost,
  isTestDevice,
  isUpdatedTestDevice,
} from "#phones/check/rule-table";
import { AppError } from "#foundation/core/errors";
import { hostKey } from "#foundation/core/host-name";
import { onceForEach } from "#foundation/core/once-for-each";
import { deviceKey } from "#fleet/devices/device-key";
import { installedVersions } from "#fleet/devices/installed-versions";
import type { CheckRequest } from "#formats/protocol/check-request";

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
  const standing = {
    isTestDevice: isTestDevice(pool, request) || isUpdatedTestDevice(pool, request),
    suspended: suspendedFor(rules, request),
  };
  const known = judgedAlready(pool);
  const name = nameOf(request, standing);
  return known.get(name) ?? keep(known, name, judgeKind(pool, { hardware, installed }, standing));
}

/** What is known of a phone beside what it says. */
type Standing = Required<Pick<CheckingDevice, "isTestDevice" | "suspended">>;

const NONE_SUSPENDED: ReadonlyMap<string, string> = new Map();

/** Nearly every table has no suspended offer, and then nothing is looked up. */
function suspendedFor(
  { suspended }: RuleTable,
  { macAddress, serialNumber, hardware: { brand } }: CheckRequest,
): ReadonlyMap<string, string> {
  if (suspended.size === 0) {
    return NONE_SUSPENDED;
  }
  const key = deviceKey({ macAddress, serialNumber, brand });
  return (key === null ? undefined : suspended.get(key)) ?? NONE_SUSPENDED;
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
function nameOf(
  { hardware, installed }: PhoneKind,
  { isTestDevice: isTest, suspended }: Standing,
): string {
  const { deviceType, brand, model, revision, locale } = hardware;
  let name = isTest ? "test" : "";
  if (suspended.size > 0) {
    name += `\t${[...suspended].join("\t")}\t`;
  }
  name += `\n${deviceType}\n${brand}\n${model}\n${revision}\n${locale}`;
  for (const { updateType, fileName, version, timestamp } of installed) {
    name += `\n${updateType}\n${fileName}\n${version}\n${timestamp ?? ""}`;
  }
  return name;
}

function judgeKind(pool: PoolTable, kind: PhoneKind, standing: Standing): JudgedCheck {
  const { hardware, installed } = kind;
  const candidates = findCandidates(pool, hardware);
  const device = { ...standing, hardware, installed: installedVersions(installed) };
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
