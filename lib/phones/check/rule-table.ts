import { toFileKey, toInterimKey } from "#phones/check/file-path";
import type {
  CandidateRule,
  CheckPool,
  OfferedRelease,
  RegisteredTestDevice,
  RuleSnapshot,
  SuspendedOffer,
} from "#phones/check/model";
import type { Hardware } from "#foundation/core/hardware";
import { hardwareKey } from "#foundation/core/hardware";
import type { ContentFault } from "#firmware/files/model";
import type { PhoneMark } from "#fleet/devices/identify";
import { isIdentifyingMark } from "#fleet/devices/identify";
import type { CheckRequest } from "#formats/protocol/check-request";
import { hostKey } from "#foundation/core/host-name";
import type { ReleaseFile } from "#firmware/rules/model";

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
  /** What is no longer offered to a phone: by `deviceKey`, then by lower-case update type. */
  readonly suspended: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** By `toFileKey`; every file of a version that some rule holds as approved, pending or restore version. */
  readonly files: ReadonlyMap<string, OfferedFile>;
  /** Content of these files that cannot be served, by digest. */
  readonly faults: ReadonlyMap<string, ContentFault>;
};

/** The part of the table that belongs to one pool. */
export type PoolTable = {
  readonly pool: CheckPool;
  readonly rulesByHardware: ReadonlyMap<string, readonly CandidateRule[]>;
  readonly rulesByModel: ReadonlyMap<string, readonly CandidateRule[]>;
  readonly testDevices: TestDeviceMarks;
};

/** The registered marks of one pool's test devices that identify a phone; serial numbers in lower case. */
type TestDeviceMarks = {
  readonly macAddresses: ReadonlySet<string>;
  readonly serialNumbers: ReadonlySet<string>;
  /** MAC addresses of phones that reported one of the serial numbers in their last check. */
  readonly reportingMacAddresses: ReadonlySet<string>;
};

export type OfferedFile = {
  readonly file: ReleaseFile;
  readonly releasedAt: Date;
  /** Of the phones that the path is for; null where it does not say. */
  readonly hardwareKey: string | null;
  /** Why the content cannot be served; null while nothing is known against it. */
  readonly fault: ContentFault | null;
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
    suspended: indexSuspended(snapshot.suspendedOffers ?? []),
    files: indexFiles(snapshot.rules),
    faults: new Map(snapshot.rules.flatMap(heldReleases).flatMap(({ faults }) => [...faults])),
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

export function isTestDevice(
  { testDevices: { macAddresses, serialNumbers } }: PoolTable,
  { macAddress, serialNumber }: DeviceMarks,
): boolean {
  return (
    (macAddress !== null && macAddresses.has(macAddress)) ||
    (serialNumber !== null &&
      serialNumbers.size > 0 &&
      serialNumbers.has(serialNumber.toLowerCase()))
  );
}

/**
 * Whether a phone is a test device whose update brought another serial number: its MAC address last reported a
 * registered one, and it runs a pending version. It needs no offer, so no other phone with this MAC address is given one.
 */
export function isUpdatedTestDevice(
  table: PoolTable,
  { macAddress, hardware, installed }: UpdatedDevice,
): boolean {
  return (
    macAddress !== null &&
    table.testDevices.reportingMacAddresses.has(macAddress) &&
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
  testDevices: readonly RegisteredTestDevice[],
): PoolTable {
  const registered = testDevices.filter(({ siteId }) => siteId === null || siteId === pool.siteId);
  return {
    pool,
    rulesByHardware: Map.groupBy(rules, (rule) => hardwareKey(rule.hardware)),
    rulesByModel: Map.groupBy(rules, (rule) => modelKey(rule.hardware)),
    testDevices: toTestDeviceMarks(registered),
  };
}

/** Skips identifiers that an earlier version stored although they identify no phone, such as an address of all zeros. */
function toTestDeviceMarks(registered: readonly RegisteredTestDevice[]): TestDeviceMarks {
  const identifiers = registered.filter(isIdentifyingMark);
  const ofType = (type: PhoneMark["identifierType"]) =>
    identifiers.filter(({ identifierType }) => identifierType === type);
  const known = identifiers.flatMap(({ updatedMacAddresses = [] }) => updatedMacAddresses);
  const reporting = identifiers.flatMap(({ reportingMacAddresses = [] }) => reportingMacAddresses);
  return {
    macAddresses: new Set([...ofType("MACAddress").map(({ identifier }) => identifier), ...known]),
    serialNumbers: new Set(
      ofType("SerialNumber").map(({ identifier }) => identifier.toLowerCase()),
    ),
    reportingMacAddresses: new Set(reporting),
  };
}

/** The releases that a rule holds, the one that phones get first. */
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
 * files under addresses that need not tell the pool. A download that began before an approval goes on after it, because
 * the version that was approved until then is held as the restore version.
 */
function indexFiles(rules: readonly CandidateRule[]): ReadonlyMap<string, OfferedFile> {
  return new Map([
    ...interimFiles(rules),
    ...rules.flatMap((rule) => heldReleases(rule).flatMap((release) => filesOf(rule, release))),
  ]);
}

/**
 * A short path names neither model nor version, so it leads to a file only where no other approved one could be meant,
 * and to a file that was approved before only where none is approved now.
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
