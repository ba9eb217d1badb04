import { expect, test } from "vitest";
import type { GivenDetails } from "#lib/cab/description/given-details";
import type { PackageMember } from "#lib/cab/description/model";
import { decideReading } from "#lib/imports/decide-reading";
import { NO_ANSWERS } from "#lib/imports/model";

const DESCRIBED = "UCPhone/POLYCOM/CX600/A/ENU/4.0.7577.4387/CPE/CPE.nbt";

function aMember(path: string): PackageMember {
  return { path, sizeBytes: 1, sha256: path.length.toString(16).padStart(64, "0") };
}

function details(path: string): GivenDetails {
  const phone = { deviceType: "3PIP", brand: "Polycom", model: "VVX410", revision: "A" };
  return { path, ...phone, locale: "ENU", version: "1.0", updateType: "FW" };
}

test("a package that describes itself needs nobody", () => {
  expect(decideReading([aMember(DESCRIBED)], NO_ANSWERS)).toMatchObject({
    kind: "described",
    updates: [{ version: "4.0.7577.4387", describedBy: "path" }],
  });
});

test("one image without a description is enough to ask", () => {
  expect(decideReading([aMember(DESCRIBED), aMember("sip.ld")], NO_ANSWERS)).toMatchObject({
    kind: "needs_details",
    undescribed: [{ path: "sip.ld" }],
    problem: null,
  });
});

test("what is left out is not asked about, and listed with the reason", () => {
  const answers = { ...NO_ANSWERS, leftOut: ["SIP.ld"] };

  expect(decideReading([aMember(DESCRIBED), aMember("sip.ld")], answers)).toMatchObject({
    kind: "described",
    updates: [{ version: "4.0.7577.4387" }],
    ignored: [{ path: "sip.ld", reason: "The administrator left it out." }],
  });
});

test("answers that do not fit are asked again, with what is wrong", () => {
  const answers = { ...NO_ANSWERS, details: [details("sip.ld"), details("other.ld")] };

  const reading = decideReading([aMember("sip.ld")], answers);

  expect(reading).toMatchObject({ kind: "needs_details", undescribed: [{ path: "sip.ld" }] });
  expect(reading.kind === "needs_details" && reading.problem).toContain("other.ld");
});

test.each([
  ["no firmware file", [aMember("readme.txt")], NO_ANSWERS],
  ["left out", [aMember("sip.ld")], { ...NO_ANSWERS, leftOut: ["sip.ld"] }],
] as const)("fails when there is %s", (sentence, members, answers) => {
  const reading = decideReading(members, answers);

  expect(reading.kind === "failed" && reading.error).toContain(sentence);
});
