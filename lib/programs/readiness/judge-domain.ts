import type { Finding } from "#programs/readiness/finding";
import { finding } from "#programs/readiness/finding";
import {
  MAX_SKEW_MS,
  inSeconds,
  isThisService,
  judgeInside,
  checkHttpBehaviour,
  originOf,
} from "#programs/readiness/judge-answer";
import type { NameLookup, SeenAnswer, ServiceLookup } from "#programs/readiness/model";

/** The answers that a phone without a user gets in its domain. */
export type SeenDomain = {
  readonly domain: string;
  readonly current: NameLookup;
  /** Lookup of the name that first-generation phones use. */
  readonly old: NameLookup;
  /** Answers of `ucupdates-r2` over HTTP and HTTPS; empty when the name has no address. */
  readonly discoveryAnswers: readonly SeenAnswer[];
  /** Addresses of the pool; null when unknown. */
  readonly poolAddresses: readonly string[] | null;
  readonly timeRecord: ServiceLookup;
  /** How far the domain's time server is ahead of our clock; null when it did not answer or is unknown. */
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
        ...judgeDiscoveryAnswers(seen, current.addresses, now),
      ];
  }
}

function judgeDiscoveryAnswers(
  { domain, discoveryAnswers, poolAddresses }: SeenDomain,
  addresses: readonly string[],
  now: Date,
): readonly Finding[] {
  const isElsewhere =
    poolAddresses !== null && !addresses.some((address) => poolAddresses.includes(address));
  // Another address can be right, such as that of a load balancer. It is wrong only if this service does not answer there.
  if (isElsewhere && !discoveryAnswers.some(isThisService)) {
    const detail = `${addresses.join(", ")} ≠ ${poolAddresses.join(", ")}`;
    return [finding("record_elsewhere", discoveryName(domain), detail)];
  }
  const answered = discoveryAnswers.filter(({ kind }) => kind === "answered");
  const unanswered = discoveryAnswers.filter(({ kind }) => kind !== "answered");
  return [
    ...answered.flatMap((answer) => [
      ...judgeInside(answer, now),
      ...checkHttpBehaviour(answer, now),
    ]),
    ...unanswered.flatMap((answer) =>
      answered.length > 0 && answer.kind === "failed" && !/SSL|TLS|EPROTO/.test(answer.reason)
        ? [finding("address_unanswered", originOf(answer.url), answer.reason)]
        : judgeInside(answer, now),
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
  return Math.abs(timeAheadMs) > MAX_SKEW_MS
    ? [finding("time_server_differs", server, inSeconds(timeAheadMs))]
    : [];
}
