import type {
  CandidateRule,
  CheckPool,
  CheckingDevice,
  OfferedRelease,
  RuleSnapshot,
} from "#phones/check/model";
import type { Hardware } from "#foundation/core/hardware";
import type { FileRole } from "#firmware/rules/model";

/** Plain data for unit tests; `check-rows.ts` makes database rows. */

export function aHardware(overrides: Partial<Hardware> = {}): Hardware {
  return {
    deviceType: "UCPhone",
    brand: "POLYCOM",
    model: "CX600",
    revision: "A",
    locale: "ENU",
    ...overrides,
  };
}

/** A release with an image and its signature; both digests are derived from the version. */
export function aRelease(version: string): OfferedRelease {
  const digit = (version.length % 10).toString();
  return {
    releaseId: `release-${version}`,
    version,
    createdAt: new Date("2026-04-10T00:00:00Z"),
    faults: new Map(),
    files: [
      { role: "image", fileName: "CPE.nbt", sizeBytes: 1024, sha256: digit.repeat(64) },
      { role: "signature", fileName: "CPE.cat", sizeBytes: 64, sha256: digit.repeat(64) },
    ],
  };
}

/** A release with one damaged file. */
export function aFaultyRelease(version: string, role: FileRole): OfferedRelease {
  const files = [
    { role: "image", fileName: "CPE.nbt", sizeBytes: 1024, sha256: "1".repeat(64) },
    { role: "signature", fileName: "CPE.cat", sizeBytes: 64, sha256: "2".repeat(64) },
    { role: "description", fileName: "CPE.xml", sizeBytes: 64, sha256: "3".repeat(64) },
  ] as const;
  const since = new Date("2026-04-11T00:00:00Z");
  const faulty = files.filter((file) => file.role === role);
  const faults = faulty.map(({ sha256 }) => [sha256, { problem: "damaged", since }] as const);
  return { ...aRelease(version), files, faults: new Map(faults) };
}

export function aRule(overrides: Partial<CandidateRule> = {}): CandidateRule {
  return {
    id: "rule-1",
    hardware: aHardware(),
    updateType: "CPE",
    approved: null,
    pending: null,
    restore: null,
    ...overrides,
  };
}

export function aDevice(overrides: Partial<CheckingDevice> = {}): CheckingDevice {
  return {
    hardware: aHardware(),
    isTestDevice: false,
    installed: new Map([["cpe", "4.0.0.0"]]),
    ...overrides,
  };
}

export function aPool(overrides: Partial<CheckPool> = {}): CheckPool {
  return {
    id: "pool-1",
    fqdn: "pool01.contoso.com",
    siteId: "site-1",
    internalBaseUrl: "http://pool01.contoso.com",
    externalBaseUrl: "https://web.contoso.com",
    sipDomains: ["contoso.com"],
    isDefault: true,
    ...overrides,
  };
}

export function aSnapshot(overrides: Partial<RuleSnapshot> = {}): RuleSnapshot {
  return {
    stamp: "1",
    loadedAt: new Date("2026-04-10T00:00:00Z"),
    pools: [aPool()],
    rules: [],
    testDevices: [],
    ...overrides,
  };
}
