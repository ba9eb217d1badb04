import type { PhoneClock } from "#programs/simulator/clock";
import { SYSTEM_CLOCK } from "#programs/simulator/clock";
import type { OnPhoneEvent, PhoneRun } from "#programs/simulator/events";
import type { Offer, PhoneInput, PhoneState, PhoneStep } from "#programs/simulator/model";
import type { PhoneOptions } from "#programs/simulator/options";
import { nameOfImage, removeOtherImages } from "#programs/simulator/partial-file";
import { imagesDirectory, performCheck, performDownload } from "#programs/simulator/perform-step";
import type { PhoneWorld } from "#programs/simulator/perform-step";
import { advance, newPhone, nextStep, versionsOf } from "#programs/simulator/phone";
import { endingOf } from "#programs/simulator/run-once";
import { readPhoneState, writePhoneState } from "#programs/simulator/state-file";
import type { CheckTrigger } from "#formats/protocol/check-request";

type RunPhone = {
  readonly signal: AbortSignal;
  readonly onEvent: OnPhoneEvent;
  /** The system clock by default. */
  readonly clock?: PhoneClock;
};

/** Loads the phone's state from its file; without a file returns the state of a new phone. */
export async function loadPhone({ stateFile, factory }: PhoneOptions): Promise<PhoneState> {
  return (await readPhoneState(stateFile)) ?? newPhone(factory);
}

/**
 * Switches the phone on and runs it until it is stopped or, with `isOnce`, until a single run is over.
 * Its state is written to disk before the next step, so the process can be killed at any time.
 */
export async function runPhone(
  options: PhoneOptions,
  { signal, onEvent, clock = SYSTEM_CLOCK }: RunPhone,
): Promise<PhoneRun> {
  const world: PhoneWorld = { options, clock, signal, onEvent };
  let run = await switchOn(world);
  while (run.ending === null) {
    run = await takeStep(world, run);
  }
  const { ending, installs, message, state } = run;
  return { ending, installs, message, state };
}

/** A run that has not ended; `ending` is null until it ends. */
type RunUnderWay = Omit<PhoneRun, "ending"> & {
  readonly ending: PhoneRun["ending"] | null;
  /** Number of install attempts. */
  readonly attempts: number;
};

async function switchOn(world: PhoneWorld): Promise<RunUnderWay> {
  const loaded = await loadPhone(world.options);
  const state = await enter(world, loaded, { kind: "booted" });
  return { ending: null, installs: 0, attempts: 0, message: null, state };
}

async function takeStep(world: PhoneWorld, run: RunUnderWay): Promise<RunUnderWay> {
  const step = nextStep(run.state, world.clock.now());
  try {
    world.signal.throwIfAborted();
    if (step.kind === "wait") {
      world.onEvent({ kind: "waiting", reason: step.reason, until: step.until });
      await world.clock.waitUntil(step.until, world.signal);
      return run;
    }
    const { input, message } = await perform(world, run.state, step);
    const state = await enter(world, run.state, input);
    const installs = run.installs + reportInstalled(world, input, state);
    const attempts = run.attempts + (step.kind === "install" ? 1 : 0);
    const ending = vanished(world, input) ?? endingOfSingleRun(world, { input, state, attempts });
    return { ending, installs, attempts, message, state };
  } catch (error) {
    if (world.signal.aborted) {
      return { ...run, ending: "stopped" };
    }
    throw error;
  }
}

function vanished({ options, onEvent }: PhoneWorld, { kind }: PhoneInput): "vanished" | null {
  if (options.fault !== "vanishes_after_download" || kind !== "downloaded") {
    return null;
  }
  onEvent({ kind: "vanished" });
  return "vanished";
}

type SingleRun = {
  readonly input: PhoneInput;
  readonly state: PhoneState;
  readonly attempts: number;
};

function endingOfSingleRun({ options }: PhoneWorld, { input, state, attempts }: SingleRun) {
  return options.isOnce ? endingOf(input, state, attempts) : null;
}

/** Reports an install after it is done. Returns the number of installs: 0 or 1. */
function reportInstalled(
  { onEvent }: PhoneWorld,
  { kind }: PhoneInput,
  { lastUpdate }: PhoneState,
): number {
  if (kind !== "installed" || lastUpdate === null) {
    return 0;
  }
  const { fromVersion, toVersion } = lastUpdate;
  onEvent({ kind: "installed", fromVersion, toVersion });
  return 1;
}

async function enter(world: PhoneWorld, state: PhoneState, input: PhoneInput): Promise<PhoneState> {
  const { options, clock } = world;
  const signsIn = options.identity.user !== null && !options.isOnce;
  const habits = { timeScale: options.timeScale, signsIn };
  const next = advance(state, input, { now: clock.now(), habits });
  await writePhoneState(options.stateFile, next);
  return next;
}

type Performed = { readonly input: PhoneInput; readonly message: string | null };

function perform(
  world: PhoneWorld,
  state: PhoneState,
  step: Exclude<PhoneStep, { kind: "wait" }>,
): Promise<Performed> {
  switch (step.kind) {
    case "check":
      return ask(world, state, step.trigger);
    case "download":
      return fetchOffer(world, step.offer);
    case "install":
      return install(world, state, step.offer);
  }
}

async function ask(
  world: PhoneWorld,
  state: PhoneState,
  trigger: CheckTrigger,
): Promise<Performed> {
  const outcome = await performCheck(world, state, trigger);
  if (outcome.kind === "failed") {
    const { reason, message, retryAfterSeconds } = outcome;
    world.onEvent({ kind: "check_failed", reason, message });
    return { input: { kind: "check_failed", retryAfterSeconds }, message };
  }
  const { answer } = outcome;
  const offered = answer.modules.map(({ updateType, version }) => ({ updateType, version }));
  const { channel, nextCheckSeconds } = answer;
  world.onEvent({ kind: "answered", channel, offered, nextCheckSeconds });
  return { input: { kind: "answered", answer }, message: null };
}

async function fetchOffer(world: PhoneWorld, offer: Offer): Promise<Performed> {
  const outcome = await performDownload(world, offer);
  switch (outcome.kind) {
    case "complete":
      return { input: { kind: "downloaded" }, message: null };
    case "interrupted": {
      const { message, retryAfterSeconds } = outcome;
      world.onEvent({ kind: "download_interrupted", reason: null, message });
      return { input: { kind: "download_interrupted", retryAfterSeconds }, message };
    }
    case "rejected": {
      const { message, reason } = outcome;
      world.onEvent({ kind: "download_rejected", reason, message });
      return { input: { kind: "download_refused" }, message };
    }
  }
}

/** The images are already downloaded and verified; removes those that no partition needs. */
async function install(world: PhoneWorld, state: PhoneState, offer: Offer): Promise<Performed> {
  const offered = offer.modules.flatMap(({ files }) => files.map(nameOfImage));
  const kept = state.active.flatMap(({ sha256 }) => sha256 ?? []);
  await removeOtherImages(imagesDirectory(world.options), new Set([...offered, ...kept]));
  if (world.options.fault === "fails_to_install") {
    world.onEvent({ kind: "install_failed", version: versionsOf(state.active) });
    // The new partition does not start, so the phone boots the other one.
    return { input: { kind: "booted" }, message: null };
  }
  return { input: { kind: "installed" }, message: null };
}
