import { versionKey } from "#foundation/core/version";
import { installedVersions } from "#fleet/devices/installed-modules";
import type { CheckTrigger, InstalledModule } from "#formats/protocol/check-request";

/**
 * The progress of a phone with an offered update. Only observed facts are stored: the contents of checks and the files
 * that were sent. The facts do not depend on the order in which they arrive, because checks and downloads are written
 * separately. The state is derived from the facts when it is read.
 */

/** Facts about one update of one phone: the last offered version of one kind of image. */
export type UpdateFacts = {
  /** In the spelling of the offer. */
  readonly updateType: string;
  readonly version: string;
  /** The version that it ran when it was offered this one; null if it did not report it. */
  readonly fromVersion: string | null;
  readonly offeredAt: Date;
  /** When the first download of the image started, and when the last byte was first sent. */
  readonly startedAt: Date | null;
  readonly downloadedAt: Date | null;
  /** The last check at power-on that still reported another version. */
  readonly bootedAt: Date | null;
  /** The first check that reported exactly this version. */
  readonly runningAt: Date | null;
  /** The first check after that which reported another version; null if it reports this version again. */
  readonly lostAt: Date | null;
  /** When the last byte was last sent: a phone that ends up with a third version downloads the image again. */
  readonly lastDownloadedAt: Date | null;
  /** The version that its last check reported, if it is neither this version nor `fromVersion`; else null. */
  readonly otherVersion: string | null;
  /** The last check that reported `otherVersion`. */
  readonly otherVersionAt: Date | null;
  /** How many attempts ended with a third version, and when the last one was counted. */
  readonly attempts: number;
  readonly attemptedAt: Date | null;
};

/** After so many attempts that ended with a third version, the version is no longer offered to the phone. */
export const MAX_INSTALL_ATTEMPTS = 3;

/** The current updates of a phone, by lower-case update type. */
export type Progress = ReadonlyMap<string, UpdateFacts>;

type ModuleVersion = Pick<InstalledModule, "updateType" | "version">;

export type CheckEvent = {
  readonly kind: "check";
  readonly at: Date;
  readonly trigger: CheckTrigger | null;
  readonly installed: readonly ModuleVersion[];
  readonly offered: readonly ModuleVersion[];
  /** Needed because versions alone do not show which versions count as installed and which offers are suspended. */
  readonly judgements?: readonly JudgedUpdate[];
};

/** The parts of a stored judgement that progress depends on. */
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
 * Returns the facts after one more event.
 *
 * This is the definition. PostgreSQL applies the same rule to its rows (`next_device_progress`, `insertDownloads`),
 * because a batch of checks is one statement and two processes may write the same phone; an integration test compares
 * both.
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

/** Without an offer, the update is installed, suspended, halted or withdrawn. */
function afterNoOffer(
  known: UpdateFacts | null,
  { at, runs, judgements }: NotOffered,
): UpdateFacts | null {
  if (known === null) {
    return null;
  }
  const isJudged = (verdict: "suspended" | "halted" | "already_installed"): boolean =>
    judgements.some(
      (judgement) =>
        judgement.verdict === verdict &&
        judgement.version === known.version &&
        judgement.updateType.toLowerCase() === known.updateType.toLowerCase(),
    );
  if (isJudged("suspended") || isJudged("halted")) {
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

/**
 * Only a version that the phone does not run is offered, so a repeated offer means that it reported another version.
 */
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
 * Counts an attempt that ended with a third version. Each attempt is counted once: by a version that was not reported
 * before, by a download since the last attempt, or, if the downloads of the phone are unknown, by a check at power-on.
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

/** A download may be written later than the check that follows it. */
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

/** Whether the phone already ran the image at this time: it does not download an image that it runs. */
function ranAlready(facts: UpdateFacts, at: Date): boolean {
  return isRunning(facts) && facts.runningAt !== null && facts.runningAt < at;
}

export function isRunning({ runningAt, lostAt }: UpdateFacts): boolean {
  return runningAt !== null && lostAt === null;
}

function earlier(known: Date | null, at: Date): Date {
  return known === null || at < known ? at : known;
}

function later(known: Date | null, at: Date): Date {
  return known === null || at > known ? at : known;
}
