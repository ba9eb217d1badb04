import { toFileKey, toInterimKey } from "#phones/check/file-path";
import type {
  CandidateRule,
  CheckPool,
  OfferedRelease,
  RuleSnapshot,
  SuspendedOffer,
} from "#phones/check/model";
import type { Hardware } from "#foundation/core/hardware";
import { hardwareKey } from "#foundation/core/hardware";
import type { ContentFault } from "#firmware/files/model";
import type {
  TestDeviceIdentifiers,
  TestDeviceScopes,
} from "#phones/check/test-device-identifiers";
import { marksAt, toTestDeviceScopes } from "#phones/check/test-device-identifiers";
import type { SiteNetwork } from "#fleet/sites/model";
import type { NetworkMatcher } from "#fleet/sites/network";
import { toNetworkMatcher } from "#fleet/sites/network";
import type { CheckRequest } from "#formats/protocol/check-request";
import { hostKey } from "#foundation/core/host-name";
import type { ReleaseFile } from "#firmware/rules/model";

/**
 * Everything that a check needs, in memory, indexed for constant-time lookups. Immutable: each snapshot builds a new
 * table, so a running check sees one state of the rules.
 */
export type RuleTable = {
  readonly stamp: string;
  readonly loadedAt: Date;
  /** By `hostKey` of the fqdn. */
  readonly pools: ReadonlyMap<string, PoolTable>;
  /** By `hostKey` of each host name that phones may use for the pool. */
  readonly hosts: ReadonlyMap<string, PoolTable>;
  readonly defaultPool: PoolTable | null;
  /** Versions that are no longer offered: by `deviceKey` of the phone, then by lower-case update type. */
  readonly suspended: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** By `toFileKey`: the files of all approved, pending and restore versions. */
  readonly files: ReadonlyMap<string, OfferedFile>;
  /** Faults of files that cannot be served, by digest. */
  readonly faults: ReadonlyMap<string, ContentFault>;
  /** The network of a site that contains an address. */
  readonly siteOf: NetworkMatcher<SiteNetwork>;
  /** The test devices of all pools. */
  readonly testDevices: TestDeviceScopes;
};

/** The part of the table that belongs to one pool. */
export type PoolTable = {
  readonly pool: CheckPool;
  readonly rulesByHardware: ReadonlyMap<string, readonly CandidateRule[]>;
  readonly rulesByModel: ReadonlyMap<string, readonly CandidateRule[]>;
  /** The same object in every pool. */
  readonly testDevices: TestDeviceScopes;
};

export type OfferedFile = {
  readonly file: ReleaseFile;
  readonly releasedAt: Date;
  /** Hardware that the path is for; null if the path does not contain the hardware. */
  readonly hardwareKey: string | null;
  /** The reason why the content cannot be served; null if it has no known fault. */
  readonly fault: ContentFault | null;
};

/** The identifiers of a phone; both may be missing in the Lync dialect. */
export type DeviceIdentifiers = {
  readonly macAddress: string | null;
  readonly serialNumber: string | null;
};

export function buildRuleTable(snapshot: RuleSnapshot): RuleTable {
  const { stamp, loadedAt } = snapshot;
  const rulesByPool = Map.groupBy(snapshot.rules, (rule) => rule.poolId);
  const siteOf = toNetworkMatcher(snapshot.networks ?? []);
  const scopes = toTestDeviceScopes(snapshot.testDevices, siteOf);
  const tables = snapshot.pools.map((pool) =>
    buildPoolTable(pool, rulesByPool.get(pool.id) ?? [], scopes),
  );
  return {
    stamp,
    loadedAt,
    pools: new Map(tables.map((table) => [hostKey(table.pool.fqdn), table])),
    hosts: indexHosts(tables),
    defaultPool: tables.find(({ pool }) => pool.isDefault) ?? onlyOne(tables),
    suspended: indexSuspended(snapshot.suspendedOffers ?? []),
    files: indexFiles(snapshot.rules),
    faults: new Map(snapshot.rules.flatMap(heldReleases).flatMap(({ faults }) => [...faults])),
    siteOf,
    testDevices: scopes,
  };
}

function indexSuspended(offers: readonly SuspendedOffer[]): RuleTable["suspended"] {
  const byPhone = Map.groupBy(offers, ({ deviceKey }) => deviceKey);
  return new Map(
    [...byPhone].map(([key, ofPhone]) => [
      key,
      new Map(ofPhone.map(({ updateType, version }) => [updateType, version])),
    ]),
  );
}

/** Finds the pool for a `Host` header; the default pool if no pool has this host. */
export function findPoolByHost(table: RuleTable, host: string | null): PoolTable | null {
  const named = host === null ? undefined : table.hosts.get(hostKey(host));
  return named ?? table.defaultPool;
}

/**
 * The rules to judge for a phone: the rules for its hardware, or, if there are none, the rules for other revisions and
 * locales of its model, so that "Why?" can show what is missing.
 */
export function findCandidates(table: PoolTable, hardware: Hardware): readonly CandidateRule[] {
  return (
    table.rulesByHardware.get(hardwareKey(hardware)) ??
    table.rulesByModel.get(modelKey(hardware)) ??
    []
  );
}

/** `address`: where the phone checks from; absent: it is at the site of its pool. */
export function isTestDevice(
  { pool, testDevices }: PoolTable,
  phone: DeviceIdentifiers,
  address?: string,
): boolean {
  return (
    hasMark(testDevices.anywhere, phone) &&
    hasMark(marksAt(testDevices, pool.siteId, address), phone)
  );
}

function hasMark(
  { macAddresses, serialNumbers }: TestDeviceIdentifiers,
  { macAddress, serialNumber }: DeviceIdentifiers,
): boolean {
  return (
    (macAddress !== null && macAddresses.has(macAddress)) ||
    (serialNumber !== null &&
      serialNumbers.size > 0 &&
      serialNumbers.has(serialNumber.toLowerCase()))
  );
}

/**
 * Whether a phone is a test device whose serial number was changed by an update: its MAC address last reported a
 * registered serial number, and it runs a pending version. Because the phone must already run that version, the version
 * is never offered to another phone with the same MAC address.
 */
export function isUpdatedTestDevice(
  table: PoolTable,
  { macAddress, hardware, installed }: UpdatedDevice,
  address?: string,
): boolean {
  return (
    macAddress !== null &&
    table.testDevices.anywhere.reportingMacAddresses.has(macAddress) &&
    marksAt(table.testDevices, table.pool.siteId, address).reportingMacAddresses.has(macAddress) &&
    findCandidates(table, hardware).some(
      ({ updateType, pending }) =>
        pending !== null &&
        installed.some(
          (module) =>
            module.version === pending.version &&
            module.updateType.toLowerCase() === updateType.toLowerCase(),
        ),
    )
  );
}

type UpdatedDevice = Pick<CheckRequest, "macAddress" | "hardware" | "installed">;

function buildPoolTable(
  pool: CheckPool,
  rules: readonly CandidateRule[],
  testDevices: TestDeviceScopes,
): PoolTable {
  return {
    pool,
    rulesByHardware: Map.groupBy(rules, (rule) => hardwareKey(rule.hardware)),
    rulesByModel: Map.groupBy(rules, (rule) => modelKey(rule.hardware)),
    testDevices,
  };
}

/** The releases that a rule holds; the approved release is first. */
export function heldReleases({
  approved,
  pending,
  restore,
}: CandidateRule): readonly OfferedRelease[] {
  return [approved, pending, restore].filter((release) => release !== null);
}

function modelKey({ deviceType, brand, model }: Hardware): string {
  return `${deviceType}/${brand}/${model}`.toLowerCase();
}

/**
 * Indexes each pool by its own name, the hosts of its URLs and `ucupdates-r2.<domain>`. An alias that two pools share
 * is left out: a guess could give phones the rules of another administrator's pool.
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
  // Names come last, so that an alias of another pool cannot replace a name.
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
 * One index for all pools: all pools share one release for a hardware and version, and the URL of a file need not
 * identify the pool. A download that started before an approval can continue after it, because the previously approved
 * version is now the restore version.
 */
function indexFiles(rules: readonly CandidateRule[]): ReadonlyMap<string, OfferedFile> {
  return new Map([
    ...interimFiles(rules),
    ...rules.flatMap((rule) => heldReleases(rule).flatMap((release) => filesOf(rule, release))),
  ]);
}

/**
 * A short path contains neither model nor version, so it resolves only if all approved files that match have the same
 * content; a file of a restore version is used only if no approved file matches.
 */
function interimFiles(
  rules: readonly CandidateRule[],
): readonly (readonly [string, OfferedFile])[] {
  const approved = interimEntries(rules, (rule) => rule.approved);
  const taken = new Set(approved.map(({ key }) => key));
  const before = interimEntries(rules, (rule) => rule.restore).filter(({ key }) => !taken.has(key));
  return [...Map.groupBy([...approved, ...before], ({ key }) => key)].flatMap(([key, meant]) => {
    const [first] = meant;
    const contents = new Set(meant.map(({ offered }) => offered.file.sha256));
    return first === undefined || contents.size > 1 ? [] : [[key, first.offered] as const];
  });
}

function interimEntries(
  rules: readonly CandidateRule[],
  pick: (rule: CandidateRule) => OfferedRelease | null,
): readonly { readonly key: string; readonly offered: OfferedFile }[] {
  return rules.flatMap((rule) => {
    const release = pick(rule);
    return (release?.files ?? []).flatMap((file) => {
      const key = toInterimKey({ hardware: rule.hardware, fileName: file.fileName });
      return key === null || release === null
        ? []
        : [{ key, offered: toOfferedFile(file, release, null) }];
    });
  });
}

function filesOf(
  { hardware, updateType }: CandidateRule,
  release: OfferedRelease,
): readonly (readonly [string, OfferedFile])[] {
  const { version, files } = release;
  return files.map((file) => {
    const key = toFileKey({ hardware, version, updateType, fileName: file.fileName });
    return [key, toOfferedFile(file, release, hardwareKey(hardware))];
  });
}

function toOfferedFile(
  file: ReleaseFile,
  { createdAt, faults }: OfferedRelease,
  ofHardware: string | null,
): OfferedFile {
  const fault = faults.get(file.sha256) ?? null;
  return { file, releasedAt: createdAt, hardwareKey: ofHardware, fault };
}

function onlyOne<T>(items: readonly T[]): T | null {
  const [first] = items;
  return items.length === 1 && first !== undefined ? first : null;
}
