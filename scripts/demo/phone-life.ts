import { DAY_MS, HOUR_MS } from "#foundation/core/time";
import type { CheckTrigger } from "#formats/protocol/check-request";
import type { JudgedCheck } from "#phones/check/judge-check";
import { judgeCheck } from "#phones/check/judge-check";
import type { RuleTable } from "#phones/check/rule-table";
import { IMAGE_NAME, UPDATE_TYPE, versionsOf } from "./plan.ts";
import type { PlannedPhone } from "./plan-fleet.ts";

const MINUTE_MS = 60_000;
const SUNDAY = 0;

/** What a phone does next, and what became of its last update. Times are in ms since 1970. */
export type PhoneNow = {
  version: string;
  /** The next check by the timer; infinite after the last one. */
  dueAt: number;
  /** The next check at power-on; infinite if none is due. */
  bootAt: number;
  bootVersion: string;
  /** The version of the last offer: a phone tries each once. */
  tried: string | null;
  checks: number;
  lastSeenAt: number;
  /** Whether it tried the next version in vain, and shows it: at once, or only by its silence. */
  trouble: "none" | "shown" | "if_silent";
  isRetired: boolean;
  /** The rules that had nothing for it; checking again gives the same. */
  calmUnder: RuleTable | null;
};

export type PhoneCheck = {
  readonly phone: PlannedPhone;
  readonly atMs: number;
  readonly trigger: CheckTrigger;
  readonly serialNumber: string;
  readonly check: JudgedCheck;
};
export type PhoneDownload = {
  readonly phone: PlannedPhone;
  readonly stage: "started" | "finished";
  readonly atMs: number;
  readonly sha256: string;
};

export type LifeEvents = {
  /** The checks for the check log. */
  readonly checks: PhoneCheck[];
  readonly downloads: PhoneDownload[];
  /** The number of all checks by the start of their hour, in ms. */
  readonly hours: Map<number, number>;
};

export type LifeWindow = {
  readonly rules: RuleTable;
  /** Exclusive. */
  readonly untilMs: number;
  readonly endMs: number;
  /** Checks since this time are recorded; before it, only the first, the last and those at power-on. */
  readonly recordedSinceMs: number;
};

const NEVER = Number.POSITIVE_INFINITY;
/** With these verdicts, the facts about an earlier offer stay. */
const HELD: ReadonlySet<string> = new Set(["halted", "suspended"]);

/** A phone before its first check. */
export function newPhone(phone: PlannedPhone, endMs: number): PhoneNow {
  const versions = versionsOf(phone.kind);
  const isLate = phone.life === "ghost" || phone.life === "flood";
  const firstMs = endMs - phone.firstDaysAgo * DAY_MS;
  return {
    version: isLate || phone.kind.family === "lync" ? versions.current : versions.old,
    dueAt: isLate ? firstMs + phone.number * 100 : nextTimeOfDay(phone, firstMs),
    bootAt: NEVER,
    bootVersion: "",
    tried: null,
    checks: 0,
    lastSeenAt: 0,
    trouble: "none",
    isRetired: false,
    calmUnder: null,
  };
}

/** Lets a phone check, download and restart until a time, as the rules answer it. */
export function liveOn(
  phone: PlannedPhone,
  now: PhoneNow,
  { window, events }: { readonly window: LifeWindow; readonly events: LifeEvents },
): void {
  for (;;) {
    const atMs = Math.min(now.dueAt, now.bootAt);
    if (atMs >= window.untilMs) {
      return;
    }
    const isBoot = atMs === now.bootAt;
    if (isBoot) {
      now.calmUnder = now.version === now.bootVersion ? now.calmUnder : null;
      now.version = now.bootVersion;
      now.bootAt = NEVER;
      now.trouble =
        now.trouble === "if_silent" && phone.fate !== "vanishes" ? "shown" : now.trouble;
    } else {
      now.dueAt = nextCheckAt(phone, atMs, window.endMs);
    }
    ask(phone, now, { atMs, isBoot, window, events });
  }
}

type Asking = {
  readonly atMs: number;
  readonly isBoot: boolean;
  readonly window: LifeWindow;
  readonly events: LifeEvents;
};

function ask(phone: PlannedPhone, now: PhoneNow, asking: Asking): void {
  const { atMs, isBoot, window, events } = asking;
  now.checks += 1;
  now.lastSeenAt = atMs;
  const hour = atMs - (atMs % HOUR_MS);
  events.hours.set(hour, (events.hours.get(hour) ?? 0) + 1);
  const isRecorded =
    atMs >= window.recordedSinceMs || isBoot || now.checks === 1 || now.dueAt === NEVER;
  if (!isRecorded && now.calmUnder === window.rules) {
    return;
  }
  const serialNumber = serialNumberOf(phone, now.checks);
  const check = judge(phone, { rules: window.rules, version: now.version, serialNumber });
  if (isRecorded) {
    const trigger = isBoot ? "boot" : "timer";
    events.checks.push({ phone, atMs, trigger, serialNumber, check });
  }
  takeOffer(phone, now, { ...asking, check });
}

function judge(
  { pool, kind, macAddress, userName }: PlannedPhone,
  asked: {
    readonly rules: RuleTable;
    readonly version: string;
    readonly serialNumber: string;
  },
): JudgedCheck {
  const { rules, version, serialNumber } = asked;
  const module = { updateType: UPDATE_TYPE, fileName: IMAGE_NAME, version, timestamp: null };
  return judgeCheck(
    rules,
    { poolFqdn: pool.fqdn, host: null },
    {
      hardware: kind.hardware,
      macAddress,
      serialNumber,
      user: userName,
      trigger: "timer",
      installed: [module],
    },
  );
}

function takeOffer(
  phone: PlannedPhone,
  now: PhoneNow,
  { atMs, window, events, check }: Asking & { readonly check: JudgedCheck },
): void {
  const offer = check.judged
    .map(({ judgement }) => judgement)
    .find(({ verdict }) => verdict === "offered");
  if (offer?.verdict !== "offered") {
    const isHeld = check.judged.some(({ judgement: { verdict } }) => HELD.has(verdict));
    now.trouble = isHeld ? now.trouble : "none";
    now.calmUnder = window.rules;
    return;
  }
  const { version, files } = offer.release;
  if (version === now.tried || phone.life === "ghost" || phone.life === "flood") {
    return;
  }
  now.tried = version;
  const image = files.find(({ role }) => role === "image");
  const attempt = startAttempt(phone, now, { atMs, version });
  for (const { stage, afterMs } of attempt) {
    if (image !== undefined && atMs >= window.recordedSinceMs) {
      events.downloads.push({ phone, stage, atMs: atMs + afterMs, sha256: image.sha256 });
    }
  }
}

type Attempt = readonly {
  readonly stage: PhoneDownload["stage"];
  readonly afterMs: number;
}[];

/** Decides what the phone does with an offer; returns what it downloads. */
function startAttempt(
  phone: PlannedPhone,
  now: PhoneNow,
  { atMs, version }: { readonly atMs: number; readonly version: string },
): Attempt {
  const versions = versionsOf(phone.kind);
  const isNext = version === versions.next && !phone.isTestPhone;
  const fate = isNext ? phone.fate : "installs";
  const started = { stage: "started", afterMs: (15 + (phone.number % 30)) * 1000 } as const;
  const finished = { stage: "finished", afterMs: (2 + (phone.number % 5)) * MINUTE_MS } as const;
  now.trouble = "none";
  switch (fate) {
    case "waits":
      return [];
    case "stalls":
      return [started];
    case "vanishes":
      now.trouble = "if_silent";
      now.dueAt = NEVER;
      return [started, finished];
    case "installs":
    case "falls_back":
    case "runs_third":
      now.bootAt = atMs + (20 + (phone.number % 40)) * MINUTE_MS;
      now.bootVersion = versionAfter(fate, now.version, { version, third: versions.third });
      now.trouble = fate === "installs" ? "none" : "if_silent";
      return [started, finished];
  }
}

function versionAfter(
  fate: "installs" | "falls_back" | "runs_third",
  before: string,
  { version, third }: { readonly version: string; readonly third: string },
): string {
  switch (fate) {
    case "installs":
      return version;
    case "falls_back":
      return before;
    case "runs_third":
      return third;
  }
}

/** Two phones with one MAC address take turns. */
function serialNumberOf(phone: PlannedPhone, checks: number): string {
  return phone.twinSerialNumber !== null && checks % 2 === 0
    ? phone.twinSerialNumber
    : phone.serialNumber;
}

function nextCheckAt(phone: PlannedPhone, atMs: number, endMs: number): number {
  const lastMs = endMs - phone.lastDaysAgo * DAY_MS;
  const tomorrow = atMs + DAY_MS;
  const rests = phone.restsOnSundays && new Date(tomorrow).getUTCDay() === SUNDAY;
  const next = rests ? tomorrow + DAY_MS : tomorrow;
  return next > lastMs && phone.lastDaysAgo > 0 ? NEVER : next;
}

function nextTimeOfDay({ timeOfDayMs }: PlannedPhone, fromMs: number): number {
  const midnight = fromMs - (fromMs % DAY_MS);
  return midnight + timeOfDayMs + (midnight + timeOfDayMs < fromMs ? DAY_MS : 0);
}
