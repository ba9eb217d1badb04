import { HOUR_MS } from "#foundation/core/time";

export type RefusalBudgetLimits = {
  readonly perHour: number;
  readonly perNetworkPerHour: number;
  /** The number of networks that are counted separately; the others share one count. */
  readonly maxNetworks: number;
};

/** Refused checks that were not recorded since the last `takeLeftOut`. */
export type LeftOutRefusals = { readonly network: string; readonly count: number };

/** Decides which refused checks are recorded, and counts the others. The caller passes the time. */
export type RefusalBudget = {
  readonly take: (network: string, nowMs: number) => boolean;
  readonly takeLeftOut: () => readonly LeftOutRefusals[];
  /** How many were recorded since the last call, and in which hour since 1970. */
  readonly takeRecorded: () => RecordedRefusals;
  /** Limits this budget by what all processes recorded in an hour. */
  readonly learn: (ofAll: RecordedRefusals) => void;
};

export type RecordedRefusals = { readonly hour: number; readonly count: number };

const OTHERS = "";

export function refusalBudget({
  perHour,
  perNetworkPerHour,
  maxNetworks,
}: RefusalBudgetLimits): RefusalBudget {
  let hour = Number.NaN;
  let kept = 0;
  let untold = 0;
  const keptByNetwork = new Map<string, number>();
  const leftOut = new Map<string, number>();

  const beginHour = (current: number): void => {
    hour = current;
    kept = 0;
    untold = 0;
    keptByNetwork.clear();
  };

  return {
    take: (network, nowMs) => {
      const current = Math.floor(nowMs / HOUR_MS);
      if (current !== hour) {
        beginHour(current);
      }
      const key = keptByNetwork.has(network) || keptByNetwork.size < maxNetworks ? network : OTHERS;
      const ofNetwork = keptByNetwork.get(key) ?? 0;
      if (kept < perHour && ofNetwork < perNetworkPerHour) {
        kept += 1;
        untold += 1;
        keptByNetwork.set(key, ofNetwork + 1);
        return true;
      }
      const counted = leftOut.has(network) || leftOut.size < maxNetworks ? network : OTHERS;
      leftOut.set(counted, (leftOut.get(counted) ?? 0) + 1);
      return false;
    },
    takeLeftOut: () => {
      const taken = [...leftOut].map(([network, count]) => ({ network, count }));
      leftOut.clear();
      return taken;
    },
    takeRecorded: () => {
      const count = untold;
      untold = 0;
      return { hour, count };
    },
    learn: (ofAll) => {
      kept = ofAll.hour === hour ? Math.max(kept, ofAll.count + untold) : kept;
    },
  };
}
