import type { ImportState } from "#firmware/imports/model";
import { IMPORT_STATES } from "#firmware/imports/model";

/**
 * Which state may follow which. A job always runs from its upload to its end or to a question, so a
 * process that dies leaves `unpacking` or `applying` behind, and the next one begins at `unpacking` again.
 * One that is asked to stop puts the job back into the queue.
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

/** Whether a job moves by itself, waits for a person, or is over. */
export type ImportPhase = "running" | "waiting" | "finished";

export function phaseOf(state: ImportState): ImportPhase {
  return PHASES[state];
}

/** The states from which a job may come into this one; a store writes only if it is in one of them. */
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

/** A package that takes the process down with it each time must not do so for ever. */
export const MOST_ATTEMPTS = 3;

export type PickUp = "begin" | "give_up" | "leave";

/** What a worker does with a job it was handed; `attempts` counts the runs that have begun before. */
export function decidePickUp(state: ImportState, attempts: number): PickUp {
  if (!canFollow(state, "unpacking")) {
    return "leave";
  }
  // One that waits in the queue was put there in order, whatever became of it before.
  return state === "queued" || attempts < MOST_ATTEMPTS ? "begin" : "give_up";
}
