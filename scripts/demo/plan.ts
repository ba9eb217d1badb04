import type { Hardware } from "#foundation/core/hardware";

/** What the demonstration pretends: pools, kinds of phones and the versions of their packages. */

export const HISTORY_DAYS = 30;

export const POOLS = [
  { fqdn: "pool-berlin.contoso.example", siteName: "Berlin", share: 36 },
  { fqdn: "pool-lyon.contoso.example", siteName: "Lyon", share: 24 },
  { fqdn: "pool-osaka.contoso.example", siteName: "Osaka", share: 18 },
  { fqdn: "pool-austin.contoso.example", siteName: "Austin", share: 14 },
  { fqdn: "pool-nairobi.contoso.example", siteName: "Nairobi", share: 8 },
] as const;
export type PlannedPool = (typeof POOLS)[number];
export type SiteName = PlannedPool["siteName"];

/** Phones of some families ran `old` before the service was installed. `third` is what a phone reports that installs something else than it was offered. */
export type Versions = Readonly<Record<"old" | "current" | "next" | "newest" | "third", string>>;

export const FAMILIES = {
  lync: {
    packageName: "UCUpdates",
    versions: {
      old: "4.0.7577.4100",
      current: "4.0.7577.4387",
      next: "4.0.7577.4455",
      newest: "4.0.7577.4478",
      third: "4.0.7577.4420",
    },
  },
  snom: {
    packageName: "SnomUCE",
    versions: {
      old: "8.8.3.27",
      current: "8.8.3.32",
      next: "8.8.3.45",
      newest: "8.8.3.51",
      third: "8.8.3.38",
    },
  },
  audiocodes: {
    packageName: "AudioCodes400HD",
    versions: {
      old: "2.0.9.115",
      current: "2.0.13.106",
      next: "3.0.0.572",
      newest: "3.0.1.94",
      third: "2.0.13.188",
    },
  },
} as const satisfies Record<string, { packageName: string; versions: Versions }>;
export type FamilyName = keyof typeof FAMILIES;

export type PlannedKind = {
  readonly family: FamilyName;
  readonly hardware: Hardware;
  /** In parts of the sum of all shares. */
  readonly share: number;
};

/** The prefixes of the MAC addresses of each brand. */
const PREFIXES: Readonly<Record<string, string>> = {
  POLYCOM: "0004F2",
  AASTRA: "00085D",
  HP: "B4B52F",
  SNOM: "000413",
  AudioCodes: "00908F",
};

export const KINDS: readonly PlannedKind[] = [
  aKind("lync", "POLYCOM", "CX600", 340),
  aKind("lync", "POLYCOM", "CX500", 90),
  aKind("lync", "POLYCOM", "CX700", 60),
  aKind("lync", "POLYCOM", "CX3000", 30),
  aKind("lync", "AASTRA", "6725ip", 100),
  aKind("lync", "AASTRA", "6721ip", 50),
  aKind("lync", "AASTRA", "6720ip", 10),
  aKind("lync", "HP", "4120", 60),
  aKind("lync", "HP", "4110", 40),
  aKind("snom", "SNOM", "300", 20),
  aKind("snom", "SNOM", "370", 15),
  aKind("snom", "SNOM", "710", 25),
  aKind("snom", "SNOM", "720", 40),
  aKind("snom", "SNOM", "760", 15),
  aKind("snom", "SNOM", "821", 15),
  aKind("audiocodes", "AudioCodes", "405HD", 20),
  aKind("audiocodes", "AudioCodes", "420HD", 30),
  aKind("audiocodes", "AudioCodes", "430HD", 15),
  aKind("audiocodes", "AudioCodes", "440HD", 15),
  aKind("audiocodes", "AudioCodes", "450HD", 10),
];

export const UPDATE_TYPE = "CPE";
export const IMAGE_NAME = "CPE.nbt";

/** The kind of phone that the next version damages in one pool, so that the brake halts the roll-out there. */
export const DAMAGED = { site: "Berlin", model: "CX700" } as const;

export function versionsOf({ family }: PlannedKind): Versions {
  return FAMILIES[family].versions;
}

/** The MAC address of a pretended phone. */
export function macOf({ hardware }: PlannedKind, number: number): string {
  const prefix = PREFIXES[hardware.brand] ?? "000000";
  return `${prefix}${number.toString(16).toUpperCase().padStart(6, "0")}`;
}

function aKind(
  family: FamilyName,
  ...[brand, model, share]: readonly [brand: string, model: string, share: number]
): PlannedKind {
  const deviceType = family === "lync" ? "UCPhone" : "3PIP";
  return { family, hardware: { deviceType, brand, model, revision: "A", locale: "ENU" }, share };
}
