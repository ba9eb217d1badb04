import { toUpdateSteps } from "#fleet/devices/update-steps";
import type { UpdateStep } from "#fleet/devices/update-steps";
import type { CheckEntry } from "#phones/check-log/check-row";
import type {
  CheckKind,
  TimelineEntry,
  TimelinePage,
  TimelineSources,
} from "#phones/timeline/model";

/** A page has about this many entries. */
export const TIMELINE_PAGE_SIZE = 50;

/** Offers are checks too, and silence is not an event. */
const OWN_STEPS: readonly UpdateStep[] = [
  "started",
  "downloaded",
  "booted_old",
  "still_old",
  "running",
  "other_version",
  "lost",
];

/**
 * Merges what is recorded about a phone, newest first. Each source has at most a page of entries. Entries of one instant
 * stay on one page, because the next page begins before the instant of the last entry.
 */
export function toTimeline(sources: TimelineSources, before: Date | null): TimelinePage {
  const entries = [
    ...sources.checks.map(toCheckEntry),
    ...sources.logs.map(toLogEntry),
    ...sources.actions.map(toActionEntry),
    ...toDeviceEntries(sources.device),
  ]
    .filter(({ at }) => before === null || at < before)
    .toSorted((left, right) => right.at.getTime() - left.at.getTime());
  const horizonMs = findHorizonMs(sources);
  const complete = entries.filter(({ at }) => at.getTime() > horizonMs);
  // More entries of one instant than a page has: those that were read are shown.
  const candidates = complete.length === 0 ? entries : complete;
  const lastMs = candidates[TIMELINE_PAGE_SIZE - 1]?.at.getTime() ?? -Infinity;
  const shown = candidates.filter(({ at }) => at.getTime() >= lastMs);
  const hasMore = shown.length < entries.length || horizonMs !== -Infinity;
  return { entries: shown, nextBefore: hasMore ? (shown.at(-1)?.at ?? null) : null };
}

/** Sources that are full may have more entries at the instant of their last one, and before it. */
function findHorizonMs({ checks, logs, actions }: TimelineSources): number {
  const ends = [checks, logs, actions].flatMap((source) => {
    const last: { readonly at: Date } | undefined = source[TIMELINE_PAGE_SIZE - 1];
    return last === undefined ? [] : [last.at.getTime()];
  });
  return Math.max(-Infinity, ...ends);
}

function toActionEntry(event: TimelineSources["actions"][number]): TimelineEntry {
  return { id: `action ${event.id}`, at: event.at, kind: "action", event };
}

function toCheckEntry(check: CheckEntry): TimelineEntry {
  return { id: `check ${check.id}`, at: check.at, kind: kindOf(check), check };
}

function kindOf({ refusal, outcome, trigger }: CheckEntry): CheckKind {
  if (refusal !== null) {
    return "refusal";
  }
  if (outcome === "offered") {
    return "offer";
  }
  return trigger === "boot" ? "restart" : "check";
}

function toLogEntry({
  id,
  at,
  logType,
  fileName,
  sizeBytes,
}: TimelineSources["logs"][number]): TimelineEntry {
  return { id: `log ${id}`, at, kind: "log", log: { id, logType, fileName, sizeBytes } };
}

function toDeviceEntries(device: TimelineSources["device"]): readonly TimelineEntry[] {
  const { updates, serialChanges, firstSeenAt, lastSeenAt } = device;
  return [
    ...updates.flatMap((update) =>
      toUpdateSteps(update, lastSeenAt)
        .filter(({ step }) => OWN_STEPS.includes(step))
        .map(({ step, at }): TimelineEntry => {
          const { updateType, version } = update;
          return { id: `${step} ${updateType}`, at, kind: "update", step, updateType, version };
        }),
    ),
    ...serialChanges.map(({ serialNumber, at, channel }): TimelineEntry => {
      const id = `serial ${serialNumber} ${at.getTime()}`;
      return { id, at, kind: "serial", former: serialNumber, channel };
    }),
    { id: "first seen", at: firstSeenAt, kind: "first_seen" },
  ];
}
