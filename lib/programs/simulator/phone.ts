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
 * The phone without its wires: what it does next, and what becomes of it. Pure; the clock is passed in.
 * Checks at power-on, at sign-in and when the last answer's time has come; downloads at once, installs
 * after a while of not being used, and restarts into the other partition.
 */

/** Confirmed for Lync Phone Edition; held until an answer says otherwise, which one in XML never does. */
export const DEFAULT_NEXT_CHECK_SECONDS = 24 * 60 * 60;
const FIRST_RETRY_SECONDS = 2;
const LONGEST_RETRY_SECONDS = 15 * 60;

type Moment = { readonly now: Date; readonly habits: PhoneHabits };

/** A phone as it leaves the factory: one partition filled, never updated. */
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

/** Waiting at the power switch is over: whatever it was about, a phone that boots asks first. */
function boot(state: PhoneState): PhoneState {
  return { ...state, isSignedIn: false, phase: { kind: "checking", trigger: "boot" } };
}

function answered(state: PhoneState, answer: UpdateAnswer, moment: Moment): PhoneState {
  const heard = {
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
    return { ...heard, phase: { kind: "downloading", offer, notBefore: moment.now, failures: 0 } };
  }
  return rest(heard, moment);
}

/** With nothing due the user signs in, which makes the phone ask once more; then it rests. */
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

/** A check that is repeated is repeated for the reason it was first made. */
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

/** The new version goes to the inactive partition, which then becomes the active one. */
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

/** One version as it stands; several each with its update type. */
export function versionsOf(partition: Partition): string {
  const [only, ...others] = partition;
  return only !== undefined && others.length === 0
    ? only.version
    : partition.map(({ updateType, version }) => `${updateType} ${version}`).join(", ");
}

function backOffSeconds(failures: number): number {
  return Math.min(LONGEST_RETRY_SECONDS, FIRST_RETRY_SECONDS * 2 ** Math.min(failures, 16));
}

function later({ now, habits }: Moment, seconds: number): Date {
  return new Date(now.getTime() + (seconds * 1000) / habits.timeScale);
}
