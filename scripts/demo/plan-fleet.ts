import { HOUR_MS } from "#foundation/core/time";
import { FLOOD_ADDRESS, addressOf } from "./addresses.ts";
import type { PlannedKind, PlannedPool } from "./plan.ts";
import { DAMAGED, KINDS, POOLS, macOf } from "./plan.ts";
import { pickByShare, seededRandom } from "./random.ts";

/**
 * How a phone takes the next version: it installs it; asks but does not download; does not finish the download; restarts
 * with the old version; does not come back; or runs a third version.
 */
export type Fate = "installs" | "waits" | "stalls" | "falls_back" | "vanishes" | "runs_third";

/**
 * `steady` phones check every day. A `silent` one stops; a `retired` one stops and is retired by an administrator. A
 * `ghost` checks once. The phones of a `flood` check once too, all from one address in the last hours.
 */
export type Life = "steady" | "silent" | "retired" | "ghost" | "flood";

export type PlannedPhone = {
  readonly number: number;
  readonly pool: PlannedPool;
  readonly kind: PlannedKind;
  readonly macAddress: string;
  readonly serialNumber: string;
  /** The serial number of a second phone with the same MAC address; null: there is none. */
  readonly twinSerialNumber: string | null;
  readonly address: string;
  readonly isOutside: boolean;
  readonly userName: string;
  readonly isTestPhone: boolean;
  readonly life: Life;
  readonly fate: Fate;
  /** When it checks each day, in ms since midnight (UTC). */
  readonly timeOfDayMs: number;
  /** Whether it is switched off on Sundays. */
  readonly restsOnSundays: boolean;
  /** Days before the end of the history at which it checks first and last. */
  readonly firstDaysAgo: number;
  readonly lastDaysAgo: number;
};

export const TEST_PHONES = 8;
const TWINS = 3;
const SHARED_SERIALS = 4;
/** The first phones have roles of their own. */
export const MIN_PHONES = 100;

/** They are at one site and of one kind. */
const SPECIAL = [pickByShare(POOLS, 0), pickByShare(KINDS, 0)] as const;

const SEED = 20_261_128;
/** Most phones check when people come to work. */
const HOURS = Array.from({ length: 24 }, (_, hour) => ({ hour, share: shareOfHour(hour) }));
/** The largest gap between the numbers of the golden ratio is small, so that small groups get their share too. */
const GOLDEN = 0.618_033_988_749_895;

type Shares = readonly { readonly fate: Fate; readonly share: number }[];

/** Per mille of the phones of a kind in a pool. */
const FATES: Shares = [
  { fate: "installs", share: 956 },
  { fate: "waits", share: 18 },
  { fate: "stalls", share: 7 },
  { fate: "falls_back", share: 10 },
  { fate: "vanishes", share: 5 },
  { fate: "runs_third", share: 4 },
];
const DAMAGED_FATES: Shares = [
  { fate: "installs", share: 860 },
  { fate: "falls_back", share: 120 },
  { fate: "vanishes", share: 20 },
];
const LIVES = [
  { life: "steady", share: 9860 },
  { life: "silent", share: 90 },
  { life: "retired", share: 40 },
  { life: "ghost", share: 4 },
  { life: "flood", share: 6 },
] as const;

/** Plans a fleet: the same one for the same number of phones. */
export function planFleet(phones: number): readonly PlannedPhone[] {
  const random = seededRandom(SEED);
  const groups = new Map<string, number>();
  return Array.from({ length: phones }, (_, index) => planPhone(index + 1, { random, groups }));
}

type Planning = { readonly random: () => number; readonly groups: Map<string, number> };

function planPhone(number: number, { random, groups }: Planning): PlannedPhone {
  const isSpecial = number <= TEST_PHONES + TWINS + SHARED_SERIALS;
  const [pool, kind] = isSpecial
    ? SPECIAL
    : [pickByShare(POOLS, random()), pickByShare(KINDS, random())];
  const life = isSpecial ? "steady" : pickByShare(LIVES, random()).life;
  const isFlood = life === "flood";
  return {
    number,
    pool,
    kind,
    macAddress: macOf(kind, number),
    serialNumber: serialOf(number),
    twinSerialNumber: isTwin(number) ? `${serialOf(number)}B` : null,
    address: isFlood ? FLOOD_ADDRESS : addressOf(pool, number),
    isOutside: !isSpecial && !isFlood && random() < 0.04,
    userName: `CONTOSO\\user${number}`,
    isTestPhone: number <= TEST_PHONES,
    life,
    fate: isSpecial ? "installs" : fateOf(pool, kind, groups),
    timeOfDayMs: timeOfDay(random),
    restsOnSundays: !isSpecial && random() < 0.3,
    ...daysOf(life, random()),
  };
}

/** The fates are spread over the phones of each kind in each pool. */
function fateOf(pool: PlannedPool, kind: PlannedKind, groups: Map<string, number>): Fate {
  const group = `${pool.siteName} ${kind.hardware.model}`;
  const place = groups.get(group) ?? 0;
  groups.set(group, place + 1);
  const isDamaged = pool.siteName === DAMAGED.site && kind.hardware.model === DAMAGED.model;
  return pickByShare(isDamaged ? DAMAGED_FATES : FATES, (place * GOLDEN) % 1).fate;
}

function daysOf(life: Life, chance: number): Pick<PlannedPhone, "firstDaysAgo" | "lastDaysAgo"> {
  switch (life) {
    case "steady":
      return { firstDaysAgo: 29, lastDaysAgo: 0 };
    case "silent":
      return { firstDaysAgo: 29, lastDaysAgo: 5 + 4 * chance };
    case "retired":
      return { firstDaysAgo: 29, lastDaysAgo: 12 + 6 * chance };
    case "ghost":
      return { firstDaysAgo: 4, lastDaysAgo: 4 };
    case "flood":
      return { firstDaysAgo: 0.2, lastDaysAgo: 0.2 };
  }
}

function isTwin(number: number): boolean {
  return number > TEST_PHONES && number <= TEST_PHONES + TWINS;
}

/** Some phones share the serial number of the phone before them. */
function serialOf(number: number): string {
  const place = number - TEST_PHONES - TWINS;
  const owner = place > 0 && place <= SHARED_SERIALS && place % 2 === 0 ? number - 1 : number;
  return `S${String(owner).padStart(8, "0")}`;
}

function timeOfDay(random: () => number): number {
  const { hour } = pickByShare(HOURS, random());
  return Math.floor((hour + random()) * HOUR_MS);
}

function shareOfHour(hour: number): number {
  if (hour >= 7 && hour < 10) {
    return 10;
  }
  return hour >= 10 && hour < 18 ? 5 : 2;
}
