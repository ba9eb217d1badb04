import { createTranslator } from "use-intl/core";
import { expect, test } from "vitest";
import type { GivenDetails } from "#formats/cab/description/given-details";
import type { PackageMember } from "#formats/cab/description/model";
import { MESSAGES } from "#foundation/i18n/messages";
import { decideReading } from "#firmware/imports/decide-reading";
import type { ImportFailure } from "#firmware/imports/failure";
import { NO_ANSWERS } from "#firmware/imports/model";

const DESCRIBED = "UCPhone/POLYCOM/CX600/A/ENU/4.0.7577.4387/CPE/CPE.nbt";

function aMember(path: string): PackageMember {
  return { path, sizeBytes: 1, sha256: path.length.toString(16).padStart(64, "0") };
}

function details(path: string): GivenDetails {
  const phone = { deviceType: "3PIP", brand: "Polycom", model: "VVX410", revision: "A" };
  return { path, ...phone, locale: "ENU", version: "1.0", updateType: "FW" };
}

test("describes a package from its own descriptions without answers", () => {
  expect(decideReading([aMember(DESCRIBED)], NO_ANSWERS)).toMatchObject({
    kind: "described",
    updates: [{ version: "4.0.7577.4387", describedBy: "path" }],
  });
});

test("asks if one image has no description", () => {
  expect(decideReading([aMember(DESCRIBED), aMember("sip.ld")], NO_ANSWERS)).toMatchObject({
    kind: "needs_details",
    undescribed: [{ path: "sip.ld" }],
    problem: null,
    failure: null,
  });
});

test("lists a left-out file with the reason and does not ask about it", () => {
  const answers = { ...NO_ANSWERS, leftOut: ["SIP.ld"] };

  expect(decideReading([aMember(DESCRIBED), aMember("sip.ld")], answers)).toMatchObject({
    kind: "described",
    updates: [{ version: "4.0.7577.4387" }],
    ignored: [
      { path: "sip.ld", code: "left_out", reason: "The administrator left it out.", values: {} },
    ],
  });
});

test("asks again, with the failure, if the answers are invalid", () => {
  const answers = { ...NO_ANSWERS, details: [details("sip.ld"), details("other.ld")] };

  const reading = decideReading([aMember("sip.ld")], answers);

  expect(reading).toMatchObject({
    kind: "needs_details",
    undescribed: [{ path: "sip.ld" }],
    failure: { code: "details_without_file", subject: "other.ld" },
  });
  expect(reading.kind === "needs_details" && reading.problem).toContain("other.ld");
});

test.each([
  [
    "two versions of one image",
    [details("a.ld"), { ...details("bb.ld"), version: "2.0" }],
    "« bb.ld » apporte la version 2.0 de FW pour Polycom VVX410 A ENU, mais le même paquet apporte aussi la version 1.0.",
  ],
  [
    "two contents of one version",
    [details("a.ld"), details("bb.ld")],
    "« bb.ld » et un autre fichier du même paquet apportent des contenus différents pour la version 1.0 de FW pour Polycom VVX410 A ENU.",
  ],
  [
    "details that the package contradicts",
    [details("a.ld"), details("bb.ld"), { ...details(DESCRIBED), version: "9.9" }],
    `Les indications données pour « ${DESCRIBED} » contredisent la description du paquet.`,
  ],
  [
    "details of a file that is not there",
    [details("a.ld"), details("gone.ld")],
    "Des précisions ont été données pour « gone.ld », mais le paquet ne contient pas ce fichier de micrologiciel.",
  ],
] as const)("has a French message for %s", (_what, given, french) => {
  const members = [aMember(DESCRIBED), aMember("a.ld"), aMember("bb.ld")];
  const reading = decideReading(members, { ...NO_ANSWERS, details: given });

  const failure = reading.kind === "needs_details" ? reading.failure : null;
  expect(failure && toFrench(failure)).toBe(french);
});

function toFrench({ code, subject, values }: ImportFailure): string {
  const t = createTranslator({
    locale: "fr",
    messages: MESSAGES.fr.imports.failures,
    onError: (error) => {
      throw error;
    },
  });
  return t(code, { ...values, subject }).replaceAll("\u00a0", " ");
}

test.each([
  ["no firmware file", [aMember("readme.txt")], NO_ANSWERS],
  ["left out", [aMember("sip.ld")], { ...NO_ANSWERS, leftOut: ["sip.ld"] }],
] as const)("fails when there is %s", (sentence, members, answers) => {
  const reading = decideReading(members, answers);

  expect(reading.kind === "failed" && reading.error).toContain(sentence);
});
