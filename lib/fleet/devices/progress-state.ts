import type { UpdateFacts } from "#fleet/devices/progress";
import { isRunning } from "#fleet/devices/progress";

/** The state of an update, derived from its facts when it is read. */

/** In order of urgency: of several updates of one phone, lists show the state that is first here. */
export const PROGRESS_STATES = [
  "never_came_back",
  "fell_back",
  "other_version",
  "downloading",
  "downloaded",
  "offered",
  "running",
] as const;
export type ProgressState = (typeof PROGRESS_STATES)[number];

/** The states in which a phone needs a person. */
export const TROUBLE_STATES = [
  "never_came_back",
  "fell_back",
  "other_version",
] as const satisfies readonly ProgressState[];

/** The times that answers contain. */
export type PhoneTimes = {
  readonly nextCheckSeconds: number;
  readonly idleSeconds: number;
};

/** The limits that decide whether a phone is silent or has fallen back. */
export type ProgressLimits = {
  /** A phone without a check since this time is silent. */
  readonly silentBefore: Date;
  /** A phone that checks this long after its download, for any reason, had enough time to install. */
  readonly installWithinMs: number;
};

const MISSED_CHECKS = 2;
const IDLE_TIMES = 10;

/**
 * A phone checks at least once per interval, so two intervals without a check are not a mere delay. It installs after a
 * few minutes without use, which occur within half a day.
 */
export function progressLimits(
  now: Date,
  { nextCheckSeconds, idleSeconds }: PhoneTimes,
): ProgressLimits {
  return {
    silentBefore: new Date(now.getTime() - MISSED_CHECKS * nextCheckSeconds * 1000),
    installWithinMs: Math.max(nextCheckSeconds / 2, IDLE_TIMES * idleSeconds) * 1000,
  };
}

/** When a phone showed that it had fallen back; null if nothing proves it, or if it runs the version now. */
export function fellBackAt(
  facts: UpdateFacts,
  lastSeenAt: Date,
  { installWithinMs }: Pick<ProgressLimits, "installWithinMs">,
): Date | null {
  const { downloadedAt, bootedAt, lostAt } = facts;
  // It installed something: it does not report its previous version.
  if (facts.otherVersion !== null) {
    return null;
  }
  if (lostAt !== null) {
    return lostAt;
  }
  if (downloadedAt === null || isRunning(facts)) {
    return null;
  }
  // It restarts when it is idle: a check before that proves nothing, but a check at power-on with the old version does.
  if (bootedAt !== null && bootedAt >= downloadedAt) {
    return bootedAt;
  }
  return lastSeenAt.getTime() - downloadedAt.getTime() >= installWithinMs ? lastSeenAt : null;
}

/**
 * The state of an update. `lastSeenAt` is the time of the last check of the phone. That check offered or reported the
 * version; otherwise the update would not be current.
 */
export function updateProgress(
  facts: UpdateFacts,
  lastSeenAt: Date,
  limits: ProgressLimits,
): ProgressState {
  if (isRunning(facts)) {
    return "running";
  }
  if (lastSeenAt < limits.silentBefore) {
    return "never_came_back";
  }
  if (facts.otherVersion !== null) {
    return "other_version";
  }
  if (fellBackAt(facts, lastSeenAt, limits) !== null) {
    return "fell_back";
  }
  if (facts.downloadedAt !== null) {
    return "downloaded";
  }
  return facts.startedAt === null ? "offered" : "downloading";
}

/** The most urgent of several states; null if there are none. */
export function mostUrgent(states: readonly ProgressState[]): ProgressState | null {
  return PROGRESS_STATES.find((state) => states.includes(state)) ?? null;
}
