import { expect, test } from "vitest";
import {
  addLine,
  answerPath,
  changeLine,
  isComplete,
  removeLine,
  toAnswer,
  valuesOf,
} from "#components/imports/details-form-state";
import type { MemberSuggestion } from "#firmware/imports/suggest-details";

function aMember(path: string, models: readonly string[], isLeftOut = false): MemberSuggestion {
  const line = { path, deviceType: "3PIP", brand: "Polycom", revision: "A" };
  const rest = { locale: "ENU", version: "1.0", updateType: "FW" };
  const why = "incomplete";
  return { path, why, isLeftOut, lines: models.map((model) => ({ ...line, model, ...rest })) };
}

test("a new line copies everything except the model", () => {
  const member = addLine(aMember("sip.ld", ["VVX410"]));

  expect(member.lines).toMatchObject([{ model: "VVX410" }, { brand: "Polycom", model: "" }]);
  expect(isComplete([member])).toBe(false);
  expect(isComplete([changeLine(member, 1, { model: "VVX500" })])).toBe(true);
  expect(removeLine(member, 0).lines).toMatchObject([{ model: "" }]);
});

test("a file that is left out has no lines in the answer, even if they are filled", () => {
  const members = [aMember("a.ld", [""], true), aMember("b.ld", ["VVX410"])];

  expect(toAnswer(members)).toMatchObject({ details: [{ path: "b.ld" }], leftOut: ["a.ld"] });
  expect(isComplete(members)).toBe(true);
});

test("finds the form line of a refused answer line", () => {
  const members = [
    aMember("a.ld", ["VVX410", "VVX500"]),
    aMember("b.ld", ["VVX410"], true),
    aMember("c.ld", ["VVX600"]),
  ];

  expect(answerPath(members, { index: 0, line: 1, field: "model" })).toBe("details.1.model");
  expect(answerPath(members, { index: 2, line: 0, field: "version" })).toBe("details.2.version");
});

test("offers every value of the form once", () => {
  const members = [aMember("a.ld", ["VVX500", ""]), aMember("b.ld", ["VVX410", "VVX500"])];

  expect(valuesOf(members).model).toEqual(["VVX410", "VVX500"]);
});
