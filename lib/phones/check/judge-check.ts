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
import { memoizeByObject } from "#foundation/core/memoize";
import { deviceKey } from "#fleet/devices/device-key";
import { installedVersions } from "#fleet/devices/installed-modules";
import type { CheckRequest } from "#formats/protocol/check-request";

/** The parts of a request that select a pool and a site. */
export type PoolReference = {
  /** The pool that the request names; null if it names none. */
  readonly poolFqdn: string | null;
  /** The value of the `Host` header. */
  readonly host: string | null;
  /** The source address, which says at which site the phone is; absent: it is at the site of its pool. */
  readonly address?: string;
};

/** The result of a check: its pool, if there is one, and a judgement for each candidate rule. */
export type JudgedCheck = {
  readonly pool: PoolTable | null;
  readonly isTestDevice: boolean;
  readonly judged: readonly JudgedRule[];
  /** The reported hardware and modules; the same object for all phones that share a cached judgement. */
  readonly kind: PhoneKind;
};

export type PhoneKind = Pick<CheckRequest, "hardware" | "installed">;

/**
 * Cache of judgements per pool table. After a power cut, thousands of phones with the same hardware and versions check
 * at once and get the same judgement. Phones control the content of a check, so the cache is limited in entries and in
 * key length; a check with a longer key is judged each time.
 */
const cachedChecks = memoizeByObject<PoolTable, Map<string, JudgedCheck>>(() => new Map());
const MAX_CACHED_CHECKS = 4_096;
const MAX_CACHE_KEY_CHARS = 1_000;

/** Judges a check of any dialect. Pure: the same rules and the same request give the same judgements. */
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
  const standing = standingOf(rules, { pool, address: reference.address }, request);
  const cached = cachedChecks(pool);
  const key = cacheKey(request, standing);
  return cached.get(key) ?? keep(cached, key, judgeKind(pool, { hardware, installed }, standing));
}

/** The part of a request that identifies and describes the phone. */
export type JudgedPhone = PhoneKind & Pick<CheckRequest, "macAddress" | "serialNumber">;

type JudgedPlace = { readonly pool: PoolTable; readonly address: string | undefined };

/** Judges a phone in a given pool, without the cache: lists must not displace the kinds of phones that check. */
export function judgePhoneInPool(
  rules: RuleTable,
  pool: PoolTable,
  phone: JudgedPhone & Pick<PoolReference, "address">,
): JudgedCheck {
  return judgeKind(pool, phone, standingOf(rules, { pool, address: phone.address }, phone));
}

/** Facts about a phone that are not in its request. */
type Standing = Required<Pick<CheckingDevice, "isTestDevice" | "suspended">>;

const NONE_SUSPENDED: ReadonlyMap<string, string> = new Map();
const ORDINARY: Standing = { isTestDevice: false, suspended: NONE_SUSPENDED };

function standingOf(
  rules: RuleTable,
  { pool, address }: JudgedPlace,
  phone: JudgedPhone,
): Standing {
  return {
    isTestDevice: isTestDevice(pool, phone, address) || isUpdatedTestDevice(pool, phone, address),
    suspended: suspendedFor(rules, phone),
  };
}

/** Most tables have no suspended offers; the lookup is skipped then. */
function suspendedFor(
  { suspended }: RuleTable,
  { macAddress, serialNumber, hardware: { brand } }: JudgedPhone,
): ReadonlyMap<string, string> {
  if (suspended.size === 0) {
    return NONE_SUSPENDED;
  }
  const key = deviceKey({ macAddress, serialNumber, brand });
  return (key === null ? undefined : suspended.get(key)) ?? NONE_SUSPENDED;
}

function keep(cached: Map<string, JudgedCheck>, key: string, check: JudgedCheck): JudgedCheck {
  if (key.length <= MAX_CACHE_KEY_CHARS) {
    if (cached.size >= MAX_CACHED_CHECKS) {
      cached.clear();
    }
    cached.set(key, check);
  }
  return check;
}

/**
 * Contains everything that a judgement depends on except the rules, and everything that is recorded of a `PhoneKind`,
 * unchanged. Parsed checks contain no control characters, so these can separate the values.
 */
function cacheKey(
  { hardware, installed }: PhoneKind,
  { isTestDevice: isTest, suspended }: Standing,
): string {
  const { deviceType, brand, model, revision, locale } = hardware;
  let key = isTest ? "test" : "";
  if (suspended.size > 0) {
    key += `\t${[...suspended].join("\t")}\t`;
  }
  key += `\n${deviceType}\n${brand}\n${model}\n${revision}\n${locale}`;
  for (const { updateType, fileName, version, timestamp } of installed) {
    key += `\n${updateType}\n${fileName}\n${version}\n${timestamp ?? ""}`;
  }
  return key;
}

/** Judges all phones of a kind in a pool. By default, they are neither test devices nor have suspended offers. */
export function judgeKind(
  pool: PoolTable,
  { hardware, installed }: PhoneKind,
  standing: Standing = ORDINARY,
): JudgedCheck {
  const candidates = findCandidates(pool, hardware);
  const device = { ...standing, hardware, installed: installedVersions(installed) };
  const judgements = decideUpdate(device, candidates);
  const judged = candidates.flatMap((rule, index) => {
    const judgement = judgements[index];
    return judgement === undefined ? [] : [{ pool: pool.pool, rule, judgement }];
  });
  return { pool, isTestDevice: device.isTestDevice, judged, kind: { hardware, installed } };
}

/** A pool that the request names must exist; a host may be unknown. Null: there is no pool for this host. */
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
