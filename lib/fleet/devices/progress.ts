import { versionKey } from "#foundation/core/version-key";
import { installedVersions } from "#fleet/devices/installed-versions";
import type { CheckTrigger, InstalledModule } from "#formats/protocol/check-request";

/**
 * How far a phone has come with what it was offered. What is kept are facts, each of them something that was seen: what
 * the phone said in its checks and which bytes it was sent. They mean the same in whatever order they arrive, because
 * checks and downloads are written down apart. What they amount to is judged when somebody looks.
 */

/** The most urgent first: of several updates of one phone, lists show the one that stands first here. */
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

/** What is known of one update of one phone: of the version of one kind of image that it was last offered. */
export type UpdateFacts = {
  /** As the offer spelled it. */
  readonly updateType: string;
  readonly version: string;
  /** What it ran when it was offered this; null where it did not say. */
  readonly fromVersion: string | null;
  readonly offeredAt: Date;
  /** When it first began to load the image, and when the last byte was first sent. */
  readonly startedAt: Date | null;
  readonly downloadedAt: Date | null;
  /** When it last was switched on and still reported another version. */
  readonly bootedAt: Date | null;
  /** The first check that reported exactly this version. */
  readonly runningAt: Date | null;
  /** The first check after that which reported another one again; null once it is back. */
  readonly lostAt: Date | null;
  /** When the last byte was last sent: a phone that comes to a third version loads the image again. */
  readonly lastDownloadedAt: Date | null;
  /** The third version that its last check reported, neither this one nor `fromVersion`; null where it did not. */
  readonly otherVersion: string | null;
  /** The last check that reported it. */
  readonly otherVersionAt: Date | null;
  /** How often it came to a third version, and when that was last counted. */
  readonly attempts: number;
  readonly attemptedAt: Date | null;
};

/** A phone that reports a third version after so many attempts is no longer offered the version. */
export const MAX_INSTALL_ATTEMPTS = 3;

/** The updates a phone has in hand, by lower-case update type. */
export type Progress = ReadonlyMap<string, UpdateFacts>;

type ModuleVersion = Pick<InstalledModule, "updateType" | "version">;

export type CheckEvent = {
  readonly kind: "check";
  readonly at: Date;
  readonly trigger: CheckTrigger | null;
  readonly installed: readonly ModuleVersion[];
  readonly offered: readonly ModuleVersion[];
  /** What the versions alone do not say: what counts as installed, and what is suspended. */
  readonly judgements?: readonly JudgedUpdate[];
};

/** Of a judgement as it is kept, what matters here. */
type JudgedUpdate = {
  readonly updateType: string;
  readonly verdict: string;
  readonly version: string | null;
};

export type DownloadEvent = {
  readonly kind: "download";
  readonly stage: DownloadStage;
  readonly at: Date;
  readonly updateType: string;
  readonly version: string;
};
export type DownloadStage = "started" | "finished";

/**
 * What is known after one more event.
 *
 * This is the definition. PostgreSQL applies the same rule to what it holds (`next_device_progress`, `insertDownloads`),
 * because a batch of checks is one statement and two processes may write the same phone; an integration test holds the
 * two together.
 */
export function nextProgress(previous: Progress, event: CheckEvent | DownloadEvent): Progress {
  return event.kind === "check" ? afterCheck(previous, event) : afterDownload(previous, event);
}

function afterCheck(
  previous: Progress,
  { at, trigger, installed, offered, judgements = [] }: CheckEvent,
): Progress {
  const offers = new Map(offered.map((module) => [module.updateType.toLowerCase(), module]));
  const reported = installedVersions(installed);
  const isBoot = trigger === "boot";
  const types = [...new Set([...previous.keys(), ...offers.keys()])];
  return new Map(
    types.flatMap((type) => {
      const known = previous.get(type) ?? null;
      const offer = offers.get(type);
      const runs = reported.get(type) ?? null;
      const facts =
        offer === undefined
          ? afterNoOffer(known, { at, runs, judgements })
          : afterOffer(known, { at, runs, isBoot, offer });
      return facts === null ? [] : [[type, facts] as const];
    }),
  );
}

type NotOffered = {
  readonly at: Date;
  readonly runs: string | null;
  readonly judgements: NonNullable<CheckEvent["judgements"]>;
};

/** Nothing is due: it has arrived, it is suspended, or there is nothing to arrive at any more. */
function afterNoOffer(
  known: UpdateFacts | null,
  { at, runs, judgements }: NotOffered,
): UpdateFacts | null {
  if (known === null) {
    return null;
  }
  const isJudged = (verdict: "suspended" | "already_installed"): boolean =>
    judgements.some(
      (judgement) =>
        judgement.verdict === verdict &&
        judgement.version === known.version &&
        judgement.updateType.toLowerCase() === known.updateType.toLowerCase(),
    );
  if (isJudged("suspended")) {
    return known;
  }
  if (known.version !== runs && !isJudged("already_installed")) {
    return null;
  }
  const arrived = isRunning(known) ? known : { ...known, runningAt: at, lostAt: null };
  return { ...arrived, otherVersion: null, otherVersionAt: null, attempts: 0, attemptedAt: null };
}

type Offered = {
  readonly at: Date;
  readonly runs: string | null;
  readonly isBoot: boolean;
  readonly offer: ModuleVersion;
};

/** Only what differs from what a phone runs is offered: to be offered the same again is to have said something else. */
function afterOffer(
  known: UpdateFacts | null,
  { at, runs, isBoot, offer: { updateType, version } }: Offered,
): UpdateFacts {
  if (known?.version !== version) {
    return {
      updateType,
      version,
      fromVersion: runs,
      offeredAt: at,
      startedAt: null,
      downloadedAt: null,
      bootedAt: null,
      runningAt: null,
      lostAt: null,
      lastDownloadedAt: null,
      otherVersion: null,
      otherVersionAt: null,
      attempts: 0,
      attemptedAt: null,
    };
  }
  return afterReport(
    {
      ...known,
      bootedAt: isBoot ? at : known.bootedAt,
      lostAt: isRunning(known) ? at : known.lostAt,
    },
    { at, runs, isBoot },
  );
}

/**
 * A third version is what an attempt came to. An attempt shows once: by a version that was not reported before, by a
 * download since the last attempt, or, where downloads cannot be told apart, by being switched on.
 */
function afterReport(
  facts: UpdateFacts,
  { at, runs, isBoot }: Omit<Offered, "offer">,
): UpdateFacts {
  const { fromVersion } = facts;
  if (runs === null || fromVersion === null || versionKey(runs) === versionKey(fromVersion)) {
    return { ...facts, otherVersion: null, otherVersionAt: null };
  }
  const isAttempt = runs !== facts.otherVersion || showsAttempt(facts, isBoot);
  return {
    ...facts,
    otherVersion: runs,
    otherVersionAt: at,
    attempts: isAttempt ? facts.attempts + 1 : facts.attempts,
    attemptedAt: isAttempt ? at : facts.attemptedAt,
  };
}

function showsAttempt(
  { lastDownloadedAt, downloadedAt, attemptedAt, offeredAt }: UpdateFacts,
  isBoot: boolean,
): boolean {
  return lastDownloadedAt === null
    ? isBoot && downloadedAt === null
    : lastDownloadedAt > (attemptedAt ?? offeredAt);
}

function afterDownload(
  previous: Progress,
  { stage, at, updateType, version }: DownloadEvent,
): Progress {
  const type = updateType.toLowerCase();
  const known = previous.get(type);
  if (known?.version !== version || at < known.offeredAt || ranAlready(known, at)) {
    return previous;
  }
  const facts =
    stage === "started"
      ? { ...known, startedAt: earlier(known.startedAt, at) }
      : afterLastByte(known, at);
  return new Map([...previous, [type, facts]]);
}

/** A download may be written down later than the check that it led to. */
function afterLastByte(known: UpdateFacts, at: Date): UpdateFacts {
  const { otherVersionAt, attempts, attemptedAt, offeredAt } = known;
  const isAttempt =
    otherVersionAt !== null && at <= otherVersionAt && at > (attemptedAt ?? offeredAt);
  return {
    ...known,
    downloadedAt: earlier(known.downloadedAt, at),
    lastDownloadedAt: later(known.lastDownloadedAt, at),
    attempts: isAttempt ? attempts + 1 : attempts,
    attemptedAt: isAttempt ? at : attemptedAt,
  };
}

/** What runs an image does not load it. */
function ranAlready(facts: UpdateFacts, at: Date): boolean {
  return isRunning(facts) && facts.runningAt !== null && facts.runningAt < at;
}

function isRunning({ runningAt, lostAt }: UpdateFacts): boolean {
  return runningAt !== null && lostAt === null;
}

function earlier(known: Date | null, at: Date): Date {
  return known === null || at < known ? at : known;
}

function later(known: Date | null, at: Date): Date {
  return known === null || at > known ? at : known;
}

/** What phones are told about time. */
export type PhoneTimes = {
  readonly nextCheckSeconds: number;
  readonly idleSeconds: number;
};

/** From when on silence and old versions mean something. */
export type ProgressLimits = {
  /** A phone that has not asked since this moment is silent. */
  readonly silentBefore: Date;
  /** A phone that asks this long after its download, for whatever reason, has had its time to install. */
  readonly installWithinMs: number;
};

const MISSED_CHECKS = 2;
const IDLE_TIMES = 10;

/**
 * A phone asks at least once in every interval, so two that passed without a word are no delay. It installs once nobody
 * has used it for a few minutes, which everybody finds within half a day.
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

/** When a phone showed that it had fallen back; null where nothing proves it, or it runs the version by now. */
export function fellBackAt(
  facts: UpdateFacts,
  lastSeenAt: Date,
  { installWithinMs }: Pick<ProgressLimits, "installWithinMs">,
): Date | null {
  const { downloadedAt, bootedAt, lostAt } = facts;
  // It installed something: what it reports is not what it ran before.
  if (facts.otherVersion !== null) {
    return null;
  }
  if (lostAt !== null) {
    return lostAt;
  }
  if (downloadedAt === null || isRunning(facts)) {
    return null;
  }
  // It waits for an idle moment before it restarts: a check in between says nothing, one at power-on says it all.
  if (bootedAt !== null && bootedAt >= downloadedAt) {
    return bootedAt;
  }
  return lastSeenAt.getTime() - downloadedAt.getTime() >= installWithinMs ? lastSeenAt : null;
}

/**
 * The one word for an update of a phone. `lastSeenAt` is that of its last check, which either offered it this version or
 * reported it: otherwise the update would not be in hand.
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

/** The most urgent of several; null where nothing is in hand. */
export function mostUrgent(states: readonly ProgressState[]): ProgressState | null {
  return PROGRESS_STATES.find((state) => states.includes(state)) ?? null;
}
