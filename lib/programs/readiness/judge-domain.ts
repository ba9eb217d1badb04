import type { Finding } from "#programs/readiness/finding";
import { finding } from "#programs/readiness/finding";
import {
  MOST_SKEW_MS,
  inSeconds,
  isThisService,
  judgeInside,
  judgeManners,
  originOf,
} from "#programs/readiness/judge-answer";
import type { NameLookup, SeenAnswer, ServiceLookup } from "#programs/readiness/model";

/** What a phone without a user finds in its domain. */
export type SeenDomain = {
  readonly domain: string;
  readonly current: NameLookup;
  /** The name that phones of the first generation look up. */
  readonly old: NameLookup;
  /** What answers under `ucupdates-r2` over HTTP and HTTPS; empty where the name leads nowhere. */
  readonly doors: readonly SeenAnswer[];
  /** Where the pool itself is; null where that is not known. */
  readonly poolAddresses: readonly string[] | null;
  readonly timeRecord: ServiceLookup;
  /** How far the domain's time server is ahead of us; null where it did not answer or is not known. */
  readonly timeAheadMs: number | null;
};

export function discoveryName(domain: string): string {
  return `ucupdates-r2.${domain}`;
}

export function oldDiscoveryName(domain: string): string {
  return `ucupdates.${domain}`;
}

export function timeRecordName(domain: string): string {
  return `_ntp._udp.${domain}`;
}

export function judgeDomain(seen: SeenDomain, now: Date): readonly Finding[] {
  return [...judgeRecord(seen, now), ...judgeOldRecord(seen), ...judgeTime(seen)];
}

function judgeRecord(seen: SeenDomain, now: Date): readonly Finding[] {
  const name = discoveryName(seen.domain);
  const { current } = seen;
  switch (current.kind) {
    case "missing":
      return [finding("record_missing", name)];
    case "failed":
      return [finding("dns_unanswered", name, current.reason)];
    case "found":
      return [
        ...(current.alias === null ? [] : [finding("record_alias", name, current.alias)]),
        ...(current.addresses.length > 1
          ? [finding("record_several", name, current.addresses.join(", "))]
          : []),
        ...judgeDoors(seen, current.addresses, now),
      ];
  }
}

function judgeDoors(
  { domain, doors, poolAddresses }: SeenDomain,
  addresses: readonly string[],
  now: Date,
): readonly Finding[] {
  const isElsewhere =
    poolAddresses !== null && !addresses.some((address) => poolAddresses.includes(address));
  // Another address may well be right: a load balancer's. It is wrong only if somebody else is there, or nobody.
  if (isElsewhere && !doors.some(isThisService)) {
    const detail = `${addresses.join(", ")} ≠ ${poolAddresses.join(", ")}`;
    return [finding("record_elsewhere", discoveryName(domain), detail)];
  }
  const open = doors.filter(({ kind }) => kind === "answered");
  const closed = doors.filter(({ kind }) => kind !== "answered");
  return [
    ...open.flatMap((door) => [...judgeInside(door, now), ...judgeManners(door, now)]),
    ...closed.flatMap((door) =>
      open.length > 0 && door.kind === "failed" && !/SSL|TLS|EPROTO/.test(door.reason)
        ? [finding("door_closed", originOf(door.url), door.reason)]
        : judgeInside(door, now),
    ),
  ];
}

function judgeOldRecord({ domain, old }: SeenDomain): readonly Finding[] {
  return old.kind === "missing" ? [finding("old_record_missing", oldDiscoveryName(domain))] : [];
}

function judgeTime({ domain, timeRecord, timeAheadMs }: SeenDomain): readonly Finding[] {
  if (timeRecord.kind !== "found") {
    return timeRecord.kind === "missing"
      ? [finding("ntp_record_missing", timeRecordName(domain))]
      : [];
  }
  const server = `${timeRecord.host}:${timeRecord.port}`;
  if (timeAheadMs === null) {
    return [finding("time_server_silent", server)];
  }
  return Math.abs(timeAheadMs) > MOST_SKEW_MS
    ? [finding("time_server_differs", server, inSeconds(timeAheadMs))]
    : [];
}
