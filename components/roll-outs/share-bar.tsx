import { cn } from "#components/ui/cn";
import type { RollOutState, RollOutStateCounts } from "#fleet/devices/roll-out-state";

/** From the end of the way to its beginning, then the trouble. */
export const STATES_IN_ORDER = [
  "running",
  "downloaded",
  "downloading",
  "offered",
  "waiting",
  "silent",
  "other_version",
  "fell_back",
  "never_came_back",
  "left",
] as const satisfies readonly RollOutState[];

const FILLS = {
  running: "bg-good-ink",
  downloaded: "bg-accent",
  downloading: "bg-accent/60",
  offered: "bg-accent/30",
  waiting: "bg-sunken",
  silent: "bg-line-strong",
  other_version: "bg-warn-ink",
  fell_back: "bg-bad",
  never_came_back: "bg-bad-line",
  left: "bg-line",
} as const satisfies Record<RollOutState, string>;

type ShareBarProps = {
  readonly counts: RollOutStateCounts;
  readonly target: number;
  readonly isTall?: boolean;
};

/** The share of each state as a bar. Decorative: the numbers stand beside it. */
export function ShareBar({ counts, target, isTall = false }: ShareBarProps) {
  return (
    <div
      aria-hidden
      className={cn(
        "flex w-full gap-px overflow-hidden rounded-full border border-line bg-sunken forced-color-adjust-none",
        isTall ? "h-4" : "h-2",
      )}
    >
      {STATES_IN_ORDER.filter((state) => counts[state] > 0).map((state) => (
        <div
          key={state}
          className={cn("min-w-0.5", FILLS[state])}
          style={{ width: `${target === 0 ? 0 : (counts[state] / target) * 100}%` }}
        />
      ))}
    </div>
  );
}

type ShareMarkProps = { readonly state: RollOutState };

/** The colour of a state in the bar. */
export function ShareMark({ state }: ShareMarkProps) {
  return (
    <span
      aria-hidden
      className={cn(
        "inline-block size-2.5 shrink-0 rounded-sm border border-line-control forced-color-adjust-none",
        FILLS[state],
      )}
    />
  );
}
