import type { FamilyName, SiteName, Versions } from "./plan.ts";
import { POOLS } from "./plan.ts";

/** What an administrator of the pretended fleet did, and when. */
export type Decision =
  | {
      readonly kind: "import";
      readonly version: keyof Versions;
      readonly families: readonly FamilyName[];
      readonly sites: readonly SiteName[];
    }
  | {
      readonly kind: "approve" | "reset" | "restore";
      readonly families: readonly FamilyName[];
      readonly sites: readonly SiteName[];
      /** Only this model; absent: all. */
      readonly model?: string;
      readonly reason: string;
    }
  | { readonly kind: "add_test_phones" | "retire" };

export type Milestone = { readonly daysAgo: number; readonly decision: Decision };

const EVERYWHERE = POOLS.map(({ siteName }) => siteName);
const ALL = ["lync", "snom", "audiocodes"] as const;
const TRIED = ["lync", "snom"] as const;

/** When the next version was approved at each site, in days before the end; absent: not at all. */
export const NEXT_APPROVED_DAYS_AGO: Readonly<Partial<Record<SiteName, number>>> = {
  Berlin: 3,
  Lyon: 1.25,
  Osaka: 0.125,
};

/** Oldest first. */
export const MILESTONES: readonly Milestone[] = [
  at(28.75, { kind: "import", version: "current", families: ALL, sites: EVERYWHERE }),
  at(28.5, { kind: "add_test_phones" }),
  at(28, approve(EVERYWHERE, ALL, "tried on the test devices for a day")),
  at(6, { kind: "import", version: "next", families: ALL, sites: EVERYWHERE }),
  at(5, { kind: "retire" }),
  at(3, approve(["Berlin"], TRIED, "three days on the test devices without a fault")),
  at(2.5, {
    kind: "reset",
    families: ["audiocodes"],
    sites: EVERYWHERE,
    reason: "calls have no sound after a transfer",
  }),
  at(1.25, approve(["Lyon"], TRIED, "Berlin has no complaints")),
  at(1, {
    kind: "restore",
    families: ["lync"],
    sites: ["Berlin"],
    model: "4120",
    reason: "the headset key does not work",
  }),
  at(0.875, {
    kind: "import",
    version: "newest",
    families: ["lync"],
    sites: ["Berlin", "Lyon", "Austin", "Nairobi"],
  }),
  at(0.125, approve(["Osaka"], TRIED, "third site")),
];

const HOURLY_DAYS = 2;
const STEP_HOURS = 12;

/** Days before the end at which the worker's tasks run: when something moves. */
const WATCHED_DAYS_AGO = [27, 26, 18, 0] as const;
const WATCHED_SINCE_DAYS = 3;

export type Step = {
  readonly daysAgo: number;
  readonly decisions: readonly Decision[];
  /** Whether roll-outs are counted at this step. */
  readonly isWatched: boolean;
};

/** The steps in which the history is played, oldest first: twice a day, and every hour of the last two days. */
export function planSteps(): readonly Step[] {
  const hours = (daysAgo: number): number => Math.round(daysAgo * 24);
  const regular = Array.from(
    { length: 30 * (24 / STEP_HOURS) + 1 },
    (_, step) => (step * STEP_HOURS) / 24,
  );
  const hourly = Array.from({ length: HOURLY_DAYS * 24 }, (_, hour) => hour / 24);
  const others = [...MILESTONES.map(({ daysAgo }) => daysAgo), ...WATCHED_DAYS_AGO];
  const times = [...new Set([...regular, ...hourly, ...others])].toSorted((a, b) => b - a);
  return times.map((daysAgo) => ({
    daysAgo,
    decisions: MILESTONES.filter((milestone) => milestone.daysAgo === daysAgo).map(
      ({ decision }) => decision,
    ),
    isWatched:
      WATCHED_DAYS_AGO.some((watched) => watched === daysAgo) ||
      MILESTONES.some((milestone) => milestone.daysAgo === daysAgo && isMove(milestone.decision)) ||
      (daysAgo <= WATCHED_SINCE_DAYS && hours(daysAgo) % STEP_HOURS === 0),
  }));
}

/** Whether phones begin to move. */
function isMove({ kind }: Decision): boolean {
  return kind === "approve" || kind === "restore";
}

function at(daysAgo: number, decision: Decision): Milestone {
  return { daysAgo, decision };
}

function approve(
  sites: readonly SiteName[],
  families: readonly FamilyName[],
  reason: string,
): Decision {
  return { kind: "approve", families, sites, reason };
}
