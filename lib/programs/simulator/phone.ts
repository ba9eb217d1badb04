import type {
  Offer,
  Partition,
  PhoneHabits,
  PhoneInput,
  PhoneState,
  PhoneStep,
  RunningModule,
  UpdateAnswer,
} from "#programs/simulator/model";

/**
 * The state machine of a phone without I/O: its next step and its next state. Pure; the clock is passed in.
 * The phone checks at power-on, at sign-in and at the time that the last answer states. It downloads immediately,
 * installs when it is idle, and restarts into the other partition.
 */

/** Confirmed for Lync Phone Edition; used until an answer states another value, which XML answers never do. */
export const DEFAULT_NEXT_CHECK_SECONDS = 24 * 60 * 60;
const FIRST_RETRY_SECONDS = 2;
const MAX_RETRY_SECONDS = 15 * 60;

type Moment = { readonly now: Date; readonly habits: PhoneHabits };

/** A new phone: one partition is filled, and it was never updated. */
export function newPhone(factory: Omit<RunningModule, "sha256">): PhoneState {
  return {
    active: [{ ...factory, sha256: null }],
    inactive: null,
    lastUpdate: null,
    lastCheckAt: null,
    nextCheckSeconds: DEFAULT_NEXT_CHECK_SECONDS,
    failedChecks: 0,
    isSignedIn: false,
    phase: { kind: "checking", trigger: "boot" },
  };
}

export function nextStep({ phase }: PhoneState, now: Date): PhoneStep {
  switch (phase.kind) {
    case "checking":
      return { kind: "check", trigger: phase.trigger };
    case "resting":
      return now < phase.until
        ? { kind: "wait", until: phase.until, reason: "next_check" }
        : { kind: "check", trigger: phase.trigger };
    case "downloading":
      return now < phase.notBefore
        ? { kind: "wait", until: phase.notBefore, reason: "retry" }
        : { kind: "download", offer: phase.offer };
    case "idling":
      return now < phase.installAt
        ? { kind: "wait", until: phase.installAt, reason: "idle" }
        : { kind: "install", offer: phase.offer };
  }
}

export function advance(state: PhoneState, input: PhoneInput, moment: Moment): PhoneState {
  switch (input.kind) {
    case "booted":
      return boot(state);
    case "answered":
      return answered(state, input.answer, moment);
    case "check_failed":
      return checkFailed(state, input.retryAfterSeconds, moment);
    case "downloaded":
      return downloaded(state, moment);
    case "download_interrupted":
      return interrupted(state, input.retryAfterSeconds, moment);
    case "download_refused":
      return rest({ ...state, failedChecks: 0 }, moment);
    case "installed":
      return installed(state, moment);
  }
}

/** A phone that boots checks first, in any phase. */
function boot(state: PhoneState): PhoneState {
  return { ...state, isSignedIn: false, phase: { kind: "checking", trigger: "boot" } };
}

function answered(state: PhoneState, answer: UpdateAnswer, moment: Moment): PhoneState {
  const updated = {
    ...state,
    lastCheckAt: moment.now,
    nextCheckSeconds: answer.nextCheckSeconds,
    failedChecks: 0,
  };
  if (answer.modules.length > 0) {
    const { idleSecondsBeforeInstall, modules } = answer;
    const offer: Offer = {
      idleSecondsBeforeInstall,
      modules: modules.map(({ updateType, version, files }) => ({ updateType, version, files })),
    };
    return {
      ...updated,
      phase: { kind: "downloading", offer, notBefore: moment.now, failures: 0 },
    };
  }
  return rest(updated, moment);
}

/** Without an offer the user signs in, which causes one more check; then the phone waits. */
function rest(state: PhoneState, moment: Moment): PhoneState {
  if (moment.habits.signsIn && !state.isSignedIn) {
    return { ...state, isSignedIn: true, phase: { kind: "checking", trigger: "signin" } };
  }
  const until = later(moment, state.nextCheckSeconds);
  return { ...state, phase: { kind: "resting", until, trigger: "timer" } };
}

function checkFailed(
  state: PhoneState,
  retryAfterSeconds: number | null,
  moment: Moment,
): PhoneState {
  const trigger = triggerOf(state);
  const until = later(moment, retryAfterSeconds ?? backOffSeconds(state.failedChecks));
  return {
    ...state,
    failedChecks: state.failedChecks + 1,
    phase: { kind: "resting", until, trigger },
  };
}

/** A retried check keeps its trigger. */
function triggerOf({ phase }: PhoneState): "boot" | "signin" | "timer" | "manual" {
  return phase.kind === "checking" || phase.kind === "resting" ? phase.trigger : "timer";
}

function downloaded(state: PhoneState, moment: Moment): PhoneState {
  if (state.phase.kind !== "downloading") {
    return state;
  }
  const { offer } = state.phase;
  const installAt = later(moment, offer.idleSecondsBeforeInstall);
  return { ...state, phase: { kind: "idling", offer, installAt } };
}

function interrupted(
  state: PhoneState,
  retryAfterSeconds: number | null,
  moment: Moment,
): PhoneState {
  if (state.phase.kind !== "downloading") {
    return state;
  }
  const { phase } = state;
  const notBefore = later(moment, retryAfterSeconds ?? backOffSeconds(phase.failures));
  return { ...state, phase: { ...phase, notBefore, failures: phase.failures + 1 } };
}

/** Writes the new version to the inactive partition and makes that partition active. */
function installed(state: PhoneState, { now }: Moment): PhoneState {
  if (state.phase.kind !== "idling") {
    return state;
  }
  const active = overlay(state.active, state.phase.offer);
  return boot({
    ...state,
    active,
    inactive: state.active,
    lastUpdate: { at: now, fromVersion: versionsOf(state.active), toVersion: versionsOf(active) },
  });
}

function overlay(running: Partition, { modules }: Offer): Partition {
  const offered = modules.map(({ updateType, version, files }): RunningModule => {
    const image = files.find(({ role }) => role === "image");
    return {
      updateType,
      version,
      fileName: image?.fileName ?? updateType,
      sha256: image?.sha256 ?? null,
    };
  });
  const replaced = new Set(offered.map(({ updateType }) => updateType.toLowerCase()));
  return [
    ...offered,
    ...running.filter(({ updateType }) => !replaced.has(updateType.toLowerCase())),
  ];
}

/** A single version without its update type; several versions each with the update type. */
export function versionsOf(partition: Partition): string {
  const [only, ...others] = partition;
  return only !== undefined && others.length === 0
    ? only.version
    : partition.map(({ updateType, version }) => `${updateType} ${version}`).join(", ");
}

function backOffSeconds(failures: number): number {
  return Math.min(MAX_RETRY_SECONDS, FIRST_RETRY_SECONDS * 2 ** Math.min(failures, 16));
}

function later({ now, habits }: Moment, seconds: number): Date {
  return new Date(now.getTime() + (seconds * 1000) / habits.timeScale);
}
