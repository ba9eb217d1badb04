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
  /** Left out: the machine's. */
  readonly clock?: PhoneClock;
};

/** The state of the phone of these options: the one in its file, else that of a new one. */
export async function loadPhone({ stateFile, factory }: PhoneOptions): Promise<PhoneState> {
  return (await readPhoneState(stateFile)) ?? newPhone(factory);
}

/**
 * Switches the phone on and lets it run until it is stopped, or to the end of one errand with `isOnce`.
 * Its state is on disk before the next step is taken, so it may be killed at any moment.
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

/** A run under way; its ending is null until it has come. */
type RunUnderWay = Omit<PhoneRun, "ending"> & {
  readonly ending: PhoneRun["ending"] | null;
  /** How often it tried to install something. */
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
    const installs = run.installs + tellInstalled(world, input, state);
    const attempts = run.attempts + (step.kind === "install" ? 1 : 0);
    const ending = vanished(world, input) ?? endingOfErrand(world, { input, state, attempts });
    return { ending, installs, attempts, message, state };
  } catch (error) {
    if (world.signal.aborted) {
      return { ...run, ending: "stopped" };
    }
    throw error;
  }
}

function vanished({ options, onEvent }: PhoneWorld, { kind }: PhoneInput): "vanished" | null {
  if (options.mishap !== "vanishes_after_download" || kind !== "downloaded") {
    return null;
  }
  onEvent({ kind: "vanished" });
  return "vanished";
}

type Errand = {
  readonly input: PhoneInput;
  readonly state: PhoneState;
  readonly attempts: number;
};

function endingOfErrand({ options }: PhoneWorld, { input, state, attempts }: Errand) {
  return options.isOnce ? endingOf(input, state, attempts) : null;
}

/** Told only once it is true; 1 where it is. */
function tellInstalled(
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

/** The images are in place and verified; what is left is to forget those of versions before the last. */
async function install(world: PhoneWorld, state: PhoneState, offer: Offer): Promise<Performed> {
  const offered = offer.modules.flatMap(({ files }) => files.map(nameOfImage));
  const kept = state.active.flatMap(({ sha256 }) => sha256 ?? []);
  await removeOtherImages(imagesDirectory(world.options), new Set([...offered, ...kept]));
  if (world.options.mishap === "fails_to_install") {
    world.onEvent({ kind: "install_failed", version: versionsOf(state.active) });
    // The partition that was written to does not start, so the other one does.
    return { input: { kind: "booted" }, message: null };
  }
  return { input: { kind: "installed" }, message: null };
}
