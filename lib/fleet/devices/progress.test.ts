import fc from "fast-check";
import { expect, test } from "vitest";
import type { CheckEvent, DownloadEvent, Progress } from "#fleet/devices/progress";
import type { ProgressState } from "#fleet/devices/progress-state";
import { nextProgress } from "#fleet/devices/progress";
import { mostUrgent, progressLimits } from "#fleet/devices/progress-state";
import { toUpdates } from "#fleet/devices/to-updates";

const DAY_SECONDS = 24 * 60 * 60;
const TIMES = { nextCheckSeconds: DAY_SECONDS, idleSeconds: 300 };
const OLD = "4.0.7577.4100";
const NEW = "4.0.7577.4387";
const NEWER = "4.0.7577.4455";

/** A time in minutes after the first check. */
function minute(count: number): Date {
  return new Date(Date.parse("2026-11-22T08:00:00Z") + count * 60_000);
}

type CheckOptions = {
  readonly trigger?: CheckEvent["trigger"];
  readonly runs?: string;
  readonly offered?: string | null;
};

/** By default: a check at power-on of a phone that runs the old version and is offered the new one. */
function check(
  at: number,
  { trigger = "boot", runs = OLD, offered = NEW }: CheckOptions = {},
): CheckEvent {
  return {
    kind: "check",
    at: minute(at),
    trigger,
    installed: [{ updateType: "cpe", version: runs }],
    offered: offered === null ? [] : [{ updateType: "CPE", version: offered }],
  };
}

function download(
  at: number,
  stage: DownloadEvent["stage"],
  { version = NEW, updateType = "CPE" } = {},
): DownloadEvent {
  return { kind: "download", at: minute(at), stage, updateType, version };
}

const NOTHING: Progress = new Map();
const OFFERED = [check(0)];
const DOWNLOADING = [...OFFERED, download(1, "started")];
const DOWNLOADED = [...DOWNLOADING, download(3, "finished")];
const RUNNING = [...DOWNLOADED, check(10, { runs: NEW, offered: null })];

/** The states of a phone at the given time, by default an hour after its last check. */
function statesOf(
  events: readonly (CheckEvent | DownloadEvent)[],
  now?: Date,
): readonly ProgressState[] {
  const progress = events.reduce(nextProgress, NOTHING);
  const lastSeenAt = events.findLast(({ kind }) => kind === "check")?.at ?? minute(0);
  const limits = progressLimits(now ?? new Date(lastSeenAt.getTime() + 3_600_000), TIMES);
  return toUpdates(progress, lastSeenAt, limits).map(({ state }) => state);
}

test.each([
  ["is offered it", "offered", OFFERED],
  ["is offered it repeatedly", "offered", [...OFFERED, check(5, { trigger: "signin" })]],
  ["starts the download", "downloading", DOWNLOADING],
  ["resumes an interrupted download", "downloading", [...DOWNLOADING, download(2, "started")]],
  ["is switched on before the download is complete", "downloading", [...DOWNLOADING, check(2)]],
  ["completes the download", "downloaded", DOWNLOADED],
  [
    "completes the download without a recorded start",
    "downloaded",
    [check(0), download(3, "finished")],
  ],
  [
    "signs in while it waits to be idle",
    "downloaded",
    [...DOWNLOADED, check(4, { trigger: "signin" })],
  ],
  ["checks without a trigger", "downloaded", [...DOWNLOADED, check(4, { trigger: null })]],
  ["restarts and reports it", "running", RUNNING],
  [
    "runs it without a recorded download",
    "running",
    [check(0), check(9, { runs: NEW, offered: null })],
  ],
  ["keeps reporting it", "running", [...RUNNING, check(99, { runs: NEW, offered: null })]],
  [
    "is switched on with the old version after the download",
    "fell_back",
    [...DOWNLOADED, check(9)],
  ],
  [
    "downloads it again after that",
    "fell_back",
    [...DOWNLOADED, check(9), download(9, "started"), download(11, "finished")],
  ],
  [
    "checks half a day after the download and still runs the old version",
    "fell_back",
    [...DOWNLOADED, check(3 + 12 * 60, { trigger: "timer" })],
  ],
  [
    "checks a little less than half a day after the download",
    "downloaded",
    [...DOWNLOADED, check(2 + 12 * 60, { trigger: "timer" })],
  ],
  [
    "reports the new version and then the old one",
    "fell_back",
    [...RUNNING, check(20, { trigger: "timer" })],
  ],
  [
    "runs it at the second attempt",
    "running",
    [...DOWNLOADED, check(9), check(20, { runs: NEW, offered: null })],
  ],
  ["reports it again", "running", [...RUNNING, check(20), check(30, { runs: NEW, offered: null })]],
  ["is offered another version instead", "offered", [...DOWNLOADED, check(9, { offered: NEWER })]],
  [
    "is offered another version after it ran the first",
    "offered",
    [...RUNNING, check(9, { runs: NEW, offered: NEWER })],
  ],
  [
    "downloads the version of an earlier offer",
    "offered",
    [...OFFERED, check(5, { offered: NEWER }), download(6, "finished")],
  ],
  ["downloaded it before the offer", "offered", [check(5), download(4, "finished")]],
] as const)("a phone that %s: %s", (_, state, events) => {
  expect(statesOf(events)).toEqual([state]);
});

test.each([
  ["was never offered anything", [check(0, { offered: null })]],
  ["runs the approved version without an offer", [check(0, { runs: NEW, offered: null })]],
  ["is no longer offered it and does not run it", [...DOWNLOADED, check(9, { offered: null })]],
  [
    "reports no version and is offered nothing",
    [...OFFERED, check(9, { runs: "", offered: null })],
  ],
  ["downloads a file without a check", [download(1, "finished")]],
] as const)("a phone that %s has no current update", (_, events) => {
  expect(statesOf(events)).toEqual([]);
});

test.each([
  ["offered", OFFERED],
  ["downloading", DOWNLOADING],
  ["downloaded", DOWNLOADED],
  ["fell_back", [...DOWNLOADED, check(9)]],
] as const)(
  "a phone that is %s and then silent for two intervals never came back",
  (state, events) => {
    const lastSeenAt = events.findLast(({ kind }) => kind === "check")?.at ?? minute(0);
    const silentFor = (seconds: number) => new Date(lastSeenAt.getTime() + seconds * 1000);

    expect(statesOf(events, silentFor(2 * DAY_SECONDS))).toEqual([state]);
    expect(statesOf(events, silentFor(2 * DAY_SECONDS + 1))).toEqual(["never_came_back"]);
  },
);

test("a phone that runs it stays in the state running, however long it is silent", () => {
  expect(statesOf(RUNNING, minute(100 * 24 * 60))).toEqual(["running"]);
});

test("a phone that has run it for a long time has not fallen back", () => {
  const events = [...RUNNING, check(30 * 24 * 60, { runs: NEW, offered: null })];
  const limits = progressLimits(minute(31 * 24 * 60), TIMES);

  expect(toUpdates(events.reduce(nextProgress, NOTHING), minute(30 * 24 * 60), limits)).toEqual([
    expect.objectContaining({ state: "running", fellBackAt: null }),
  ]);
});

test("a download that is written late counts at the time it happened", () => {
  const late = [check(0), check(9), download(1, "started"), download(3, "finished")];
  const inTime = [check(0), download(1, "started"), download(3, "finished"), check(9)];

  expect(late.reduce(nextProgress, NOTHING)).toEqual(inTime.reduce(nextProgress, NOTHING));
  expect(statesOf(late)).toEqual(["fell_back"]);
});

test("keeps the times of all steps and the previous version", () => {
  const events = [
    ...DOWNLOADED,
    check(9),
    download(12, "finished"),
    check(20),
    check(30, { runs: NEW, offered: null }),
  ];

  expect([...events.reduce(nextProgress, NOTHING)]).toEqual([
    [
      "cpe",
      {
        updateType: "CPE",
        version: NEW,
        fromVersion: OLD,
        offeredAt: minute(0),
        startedAt: minute(1),
        downloadedAt: minute(3),
        bootedAt: minute(20),
        runningAt: minute(30),
        lostAt: null,
        lastDownloadedAt: minute(12),
        otherVersion: null,
        otherVersionAt: null,
        attempts: 0,
        attemptedAt: null,
      },
    ],
  ]);
});

const THIRD = `${NEW} rts 7`;

test("a phone that reports a third version did not fall back", () => {
  const events = [...DOWNLOADED, check(10, { runs: THIRD })];

  expect(statesOf(events)).toEqual(["other_version"]);
  expect(statesOf([...RUNNING, check(20, { runs: THIRD })])).toEqual(["other_version"]);
  expect(statesOf([...events, check(20, { runs: OLD })])).toEqual(["fell_back"]);
});

function attemptsOf(events: readonly (CheckEvent | DownloadEvent)[]): number | undefined {
  return events.reduce(nextProgress, NOTHING).get("cpe")?.attempts;
}

test("counts each attempt once, by its download", () => {
  const first = [...DOWNLOADED, check(10, { runs: THIRD })];
  expect(attemptsOf(first)).toBe(1);
  expect(attemptsOf([...first, check(20, { runs: THIRD }), check(30, { runs: THIRD })])).toBe(1);

  const second = [...first, download(40, "finished"), check(50, { runs: THIRD })];
  expect(attemptsOf(second)).toBe(2);
  expect(attemptsOf([...second, download(60, "finished"), check(70, { runs: OLD })])).toBe(2);
});

test("counts an attempt whose download is written late", () => {
  const late = [
    ...DOWNLOADED,
    check(10, { runs: THIRD }),
    check(30, { runs: THIRD }),
    download(20, "finished"),
  ];
  expect(attemptsOf(late)).toBe(2);
});

test("without known downloads, each check at power-on counts as an attempt", () => {
  const events = [check(0), check(10, { runs: THIRD }), check(20, { runs: THIRD })];
  expect(attemptsOf(events)).toBe(2);
  expect(attemptsOf([...events, check(30, { trigger: "timer", runs: THIRD })])).toBe(2);
});

test.each(["suspended", "halted"] as const)(
  "a %s update stays current until another judgement",
  (kept) => {
    const judged = (
      verdict: typeof kept | "already_installed" | "nothing_to_offer",
    ): CheckEvent => ({
      ...check(40, { runs: THIRD, offered: null }),
      judgements: [{ updateType: "CPE", verdict, version: NEW }],
    });
    const events = [...DOWNLOADED, check(10, { runs: THIRD })];

    expect(statesOf([...events, judged(kept)])).toEqual(["other_version"]);
    expect(statesOf([...events, judged("nothing_to_offer")])).toEqual([]);
    expect(statesOf([...events, judged("already_installed")])).toEqual(["running"]);
    expect(attemptsOf([...events, judged("already_installed")])).toBe(0);
  },
);

test("tracks each kind of image separately", () => {
  const both = [
    { updateType: "CPE", version: NEW },
    { updateType: "Font", version: "2.0" },
  ];
  const events: readonly (CheckEvent | DownloadEvent)[] = [
    { ...check(0), offered: both },
    download(1, "finished", { updateType: "FONT", version: "2.0" }),
    { ...check(5, { runs: NEW, trigger: "timer" }), offered: both.slice(1) },
  ];

  expect(statesOf(events)).toEqual(["running", "downloaded"]);
  expect(mostUrgent(statesOf(events))).toBe("downloaded");
  expect(mostUrgent([])).toBeNull();
});

test("for any events, the state is running exactly if the phone last reported the version", () => {
  const version = fc.constantFrom(OLD, NEW, NEWER);
  const event = fc.oneof(
    fc.record({
      trigger: fc.constantFrom("boot", "signin", "timer", null),
      runs: version,
      wanted: fc.option(version),
    }),
    fc.record({ stage: fc.constantFrom("started" as const, "finished" as const), version }),
  );
  fc.assert(
    fc.property(fc.array(event, { minLength: 1 }), (happened) => {
      const events = happened.map((what, index) =>
        "stage" in what
          ? download(index, what.stage, { version: what.version })
          : // The decision only offers versions that differ from the reported one.
            check(index, { ...what, offered: what.wanted === what.runs ? null : what.wanted }),
      );
      const last = events.findLast((one) => one.kind === "check");
      for (const [index, state] of statesOf(events).entries()) {
        const update = [...events.reduce(nextProgress, NOTHING).values()][index];
        expect(state === "running").toBe(last?.installed[0]?.version === update?.version);
      }
    }),
  );
});
