import { expect, test } from "vitest";
import { IMPORT_STATES } from "#firmware/imports/model";
import {
  canCancel,
  decidePickUp,
  phaseOf,
  statesBefore,
  statesIn,
} from "#firmware/imports/transitions";

test("a finished import never moves again", () => {
  for (const state of statesIn("finished")) {
    expect(IMPORT_STATES.filter((next) => statesBefore(next).includes(state))).toEqual([]);
  }
});

test("an import succeeds only from the step that writes the rules", () => {
  expect(statesBefore("succeeded")).toEqual(["applying"]);
});

test("what waits for a person or for a worker can be cancelled, what runs cannot", () => {
  expect(IMPORT_STATES.filter(canCancel)).toEqual([
    "queued",
    "needs_details",
    "needs_confirmation",
  ]);
});

test("both questions wait, and only questions do", () => {
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
] as const)("a job that is %s after %d attempts: %s", (state, attempts, pickUp) => {
  expect(decidePickUp(state, attempts)).toBe(pickUp);
});
