import { expect, test } from "vitest";
import { IMPORT_STATES } from "#firmware/imports/model";
import {
  canCancel,
  decidePickUp,
  phaseOf,
  statesBefore,
  statesIn,
} from "#firmware/imports/transitions";

test("allows no transition from a finished state", () => {
  for (const state of statesIn("finished")) {
    expect(IMPORT_STATES.filter((next) => statesBefore(next).includes(state))).toEqual([]);
  }
});

test("allows succeeded only after applying", () => {
  expect(statesBefore("succeeded")).toEqual(["applying"]);
});

test("allows cancelling in waiting and queued states, but not in running ones", () => {
  expect(IMPORT_STATES.filter(canCancel)).toEqual([
    "queued",
    "needs_details",
    "needs_confirmation",
  ]);
});

test("treats only the two questions as waiting", () => {
  expect(statesIn("waiting")).toEqual(["needs_details", "needs_confirmation"]);
  expect(phaseOf("applying")).toBe("running");
});

test.each([
  ["queued", 0, "begin"],
  ["queued", 3, "begin"],
  ["unpacking", 1, "begin"],
  ["applying", 2, "begin"],
  ["applying", 3, "give_up"],
  ["needs_details", 1, "leave"],
  ["succeeded", 1, "leave"],
  ["cancelled", 0, "leave"],
] as const)("decides for a job that is %s after %d attempts: %s", (state, attempts, pickUp) => {
  expect(decidePickUp(state, attempts)).toBe(pickUp);
});
