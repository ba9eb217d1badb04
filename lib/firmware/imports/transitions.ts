import type { ImportState } from "#firmware/imports/model";
import { IMPORT_STATES } from "#firmware/imports/model";

/**
 * The allowed transitions. A job always runs from its upload to its end or to a question. A process that crashes leaves
 * the job in `unpacking` or `applying`, and the next process starts again at `unpacking`. A process that shuts down
 * requeues the job.
 */
const NEXT_STATES = {
  queued: ["unpacking", "cancelled"],
  unpacking: ["queued", "unpacking", "applying", "needs_details", "needs_confirmation", "failed"],
  applying: ["queued", "unpacking", "succeeded", "failed"],
  needs_details: ["queued", "cancelled"],
  needs_confirmation: ["queued", "cancelled"],
  succeeded: [],
  failed: [],
  cancelled: [],
} as const satisfies Record<ImportState, readonly ImportState[]>;

const PHASES = {
  queued: "running",
  unpacking: "running",
  applying: "running",
  needs_details: "waiting",
  needs_confirmation: "waiting",
  succeeded: "finished",
  failed: "finished",
  cancelled: "finished",
} as const satisfies Record<ImportState, ImportPhase>;

/** Whether a job runs by itself, waits for an administrator, or is finished. */
export type ImportPhase = "running" | "waiting" | "finished";

export function phaseOf(state: ImportState): ImportPhase {
  return PHASES[state];
}

/** The states from which a job may move to this one. A store writes only if the job is in one of them. */
export function statesBefore(next: ImportState): ImportState[] {
  return IMPORT_STATES.filter((state) => canFollow(state, next));
}

function canFollow(state: ImportState, next: ImportState): boolean {
  const following: readonly ImportState[] = NEXT_STATES[state];
  return following.includes(next);
}

export function statesIn(phase: ImportPhase): ImportState[] {
  return IMPORT_STATES.filter((state) => PHASES[state] === phase);
}

export function canCancel(state: ImportState): boolean {
  return canFollow(state, "cancelled");
}

/** Limits the attempts, so that a package that crashes the process each time is not retried forever. */
export const MAX_IMPORT_ATTEMPTS = 3;

export type PickUp = "begin" | "give_up" | "leave";

/** Decides what a worker does with a job; `attempts` is the number of runs started before. */
export function decidePickUp(state: ImportState, attempts: number): PickUp {
  if (!canFollow(state, "unpacking")) {
    return "leave";
  }
  // A queued job was requeued properly, so its number of attempts does not matter.
  return state === "queued" || attempts < MAX_IMPORT_ATTEMPTS ? "begin" : "give_up";
}
