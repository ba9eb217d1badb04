import { toFileKey, toInterimKey } from "#lib/check/file-path";
import type {
  CandidateRule,
  CheckPool,
  OfferedRelease,
  RegisteredTestDevice,
  RuleSnapshot,
} from "#lib/check/model";
import type { Hardware } from "#lib/core/hardware";
import { hardwareKey } from "#lib/core/hardware";
import { hostKey } from "#lib/core/host-name";
import type { ReleaseFile } from "#lib/rules/model";

/**
 * Everything a check needs, in memory and arranged for lookups that do not grow with the fleet or the rules. Never
 * changed: a new snapshot makes a new table, so a check that has begun sees one state of the rules throughout.
 */
export type RuleTable = {
  readonly stamp: string;
  readonly loadedAt: Date;
  /** By `hostKey` of the fqdn. */
  readonly pools: ReadonlyMap<string, PoolTable>;
  /** By `hostKey` of every host name a phone may know the pool by. */
  readonly hosts: ReadonlyMap<string, PoolTable>;
  readonly defaultPool: PoolTable | null;
  /** By `toFileKey`; only what some rule presently offers. */
  readonly files: ReadonlyMap<string, OfferedFile>;
};

/** The part of the table that belongs to one pool. */
export type PoolTable = {
  readonly pool: CheckPool;
  readonly rulesByHardware: ReadonlyMap<string, readonly CandidateRule[]>;
  readonly rulesByModel: ReadonlyMap<string, readonly CandidateRule[]>;
  readonly testDevices: ReadonlySet<string>;
};

export type OfferedFile = {
  readonly file: ReleaseFile;
  readonly releasedAt: Date;
  /** Of the phones that the path is for; null where it does not say. */
  readonly hardwareKey: string | null;
};

/** What a phone can be recognised by; both may be missing on the XML surface. */
export type DeviceMarks = {
  readonly macAddress: string | null;
  readonly serialNumber: string | null;
};

export function buildRuleTable(snapshot: RuleSnapshot): RuleTable {
  const { stamp, loadedAt } = snapshot;
  const rulesByPool = Map.groupBy(snapshot.rules, (rule) => rule.poolId);
  const tables = snapshot.pools.map((pool) =>
    buildPoolTable(pool, rulesByPool.get(pool.id) ?? [], snapshot.testDevices),
  );
  return {
    stamp,
    loadedAt,
    pools: new Map(tables.map((table) => [hostKey(table.pool.fqdn), table])),
    hosts: indexHosts(tables),
    defaultPool: tables.find(({ pool }) => pool.isDefault) ?? onlyOne(tables),
    files: indexFiles(snapshot.rules),
  };
}

/** The pool that answers under a host, as in a `Host` header; the default pool where none does. */
export function findPoolByHost(table: RuleTable, host: string | null): PoolTable | null {
  const named = host === null ? undefined : table.hosts.get(hostKey(host));
  return named ?? table.defaultPool;
}

/**
 * The rules worth judging for a phone: those for its hardware, or, where there is none, those for other revisions
 * and locales of its model, so that "Why?" can say what is missing.
 */
export function findCandidates(table: PoolTable, hardware: Hardware): readonly CandidateRule[] {
  return (
    table.rulesByHardware.get(hardwareKey(hardware)) ??
    table.rulesByModel.get(modelKey(hardware)) ??
    []
  );
}

export function isTestDevice(table: PoolTable, { macAddress, serialNumber }: DeviceMarks): boolean {
  return (
    (macAddress !== null && table.testDevices.has(`MACAddress/${macAddress}`)) ||
    (serialNumber !== null && table.testDevices.has(`SerialNumber/${serialNumber}`))
  );
}

function buildPoolTable(
  pool: CheckPool,
  rules: readonly CandidateRule[],
  testDevices: readonly RegisteredTestDevice[],
): PoolTable {
  const registered = testDevices
    .filter(({ siteId }) => siteId === null || siteId === pool.siteId)
    .map(({ identifierType, identifier }) => `${identifierType}/${identifier}`);
  return {
    pool,
    rulesByHardware: Map.groupBy(rules, (rule) => hardwareKey(rule.hardware)),
    rulesByModel: Map.groupBy(rules, (rule) => modelKey(rule.hardware)),
    testDevices: new Set(registered),
  };
}

function modelKey({ deviceType, brand, model }: Hardware): string {
  return `${deviceType}/${brand}/${model}`.toLowerCase();
}

/**
 * A pool answers to its own name, to the hosts of its URLs and to `ucupdates-r2.<domain>`. An alias that two pools
 * share names neither: a guess would hand phones the rules of another administrator's pool.
 */
function indexHosts(tables: readonly PoolTable[]): ReadonlyMap<string, PoolTable> {
  const aliases = tables.flatMap((table) =>
    [...new Set(aliasesOf(table.pool))].map((alias) => ({ alias, table })),
  );
  const unambiguous = [...Map.groupBy(aliases, ({ alias }) => alias)].flatMap(([alias, owners]) => {
    const owner = onlyOne(owners);
    return owner === null ? [] : [[alias, owner.table] as const];
  });
  const names = tables.map((table) => [hostKey(table.pool.fqdn), table] as const);
  // Names come last: another pool's alias cannot take them over.
  return new Map([...unambiguous, ...names]);
}

function aliasesOf({ internalBaseUrl, externalBaseUrl, sipDomains }: CheckPool): readonly string[] {
  const urls = [internalBaseUrl, externalBaseUrl].filter((url) => URL.canParse(url));
  return [
    ...urls.map((url) => hostKey(new URL(url).hostname)),
    ...sipDomains.map((domain) => hostKey(`ucupdates-r2.${domain}`)),
  ];
}

/**
 * One index for all pools: a release is one for its hardware and version whatever pool refers to it, and phones reach
 * files under addresses that need not tell the pool.
 */
function indexFiles(rules: readonly CandidateRule[]): ReadonlyMap<string, OfferedFile> {
  return new Map([
    ...interimFiles(rules),
    ...rules.flatMap((rule) => [...filesOf(rule, rule.approved), ...filesOf(rule, rule.pending)]),
  ]);
}

/** A short path names neither model nor version, so it leads to a file only where no other approved one could be meant. */
function interimFiles(
  rules: readonly CandidateRule[],
): readonly (readonly [string, OfferedFile])[] {
  const entries = rules.flatMap(({ hardware, approved }) =>
    (approved?.files ?? []).flatMap((file) => {
      const key = toInterimKey({ hardware, fileName: file.fileName });
      return key === null || approved === null
        ? []
        : [{ key, offered: { file, releasedAt: approved.createdAt, hardwareKey: null } }];
    }),
  );
  return [...Map.groupBy(entries, ({ key }) => key)].flatMap(([key, meant]) => {
    const [first] = meant;
    const contents = new Set(meant.map(({ offered }) => offered.file.sha256));
    return first === undefined || contents.size > 1 ? [] : [[key, first.offered] as const];
  });
}

function filesOf(
  { hardware, updateType }: CandidateRule,
  release: OfferedRelease | null,
): readonly (readonly [string, OfferedFile])[] {
  if (release === null) {
    return [];
  }
  const { version, createdAt: releasedAt, files } = release;
  return files.map((file) => {
    const key = toFileKey({ hardware, version, updateType, fileName: file.fileName });
    return [key, { file, releasedAt, hardwareKey: hardwareKey(hardware) }];
  });
}

function onlyOne<T>(items: readonly T[]): T | null {
  const [first] = items;
  return items.length === 1 && first !== undefined ? first : null;
}
