import { expect, test } from "vitest";
import type { GivenDetails } from "#formats/cab/description/given-details";
import type { UndescribedMember } from "#formats/cab/description/model";
import { NO_ANSWERS } from "#firmware/imports/model";
import { suggestDetails } from "#firmware/imports/suggest-details";

const NOTHING_KNOWN = {
  deviceType: null,
  brand: null,
  model: null,
  revision: null,
  locale: null,
  version: null,
  updateType: null,
};

function aMember(
  path: string,
  known: Partial<UndescribedMember["known"]> = {},
  guessed: Partial<UndescribedMember["guessed"]> = {},
): UndescribedMember {
  return {
    why: "incomplete",
    guessed: { ...NOTHING_KNOWN, ...guessed },
    path,
    fileName: path.slice(path.lastIndexOf("/") + 1),
    sizeBytes: 1,
    sha256: "0".repeat(64),
    known: { ...NOTHING_KNOWN, ...known },
  };
}

function aLine(path: string, model = "VVX410"): GivenDetails {
  return {
    path,
    deviceType: "3PIP",
    brand: "Polycom",
    model,
    revision: "A",
    locale: "ENU",
    version: "5.4.0.1",
    updateType: "FW",
  };
}

test("suggests the details of an earlier image of the same shape, except the version", () => {
  const earlier = [{ ...NO_ANSWERS, details: [aLine("5.4.0.1/sip.ld")] }];

  const [suggestion] = suggestDetails([aMember("5.5.1.22/sip.ld")], earlier);

  expect(suggestion?.lines).toEqual([{ ...aLine("5.5.1.22/sip.ld"), version: "" }]);
});

test("suggests every kind of phone that the image was imported for", () => {
  const earlier = [
    { ...NO_ANSWERS, details: [aLine("sip.ld", "VVX410"), aLine("sip.ld", "VVX500")] },
  ];

  const [suggestion] = suggestDetails([aMember("sip.ld")], earlier);

  expect(suggestion?.lines.map(({ model }) => model)).toEqual(["VVX410", "VVX500"]);
});

test("prefers details from the package to earlier answers", () => {
  const earlier = [{ ...NO_ANSWERS, details: [aLine("sip.ld")] }];

  const [suggestion] = suggestDetails([aMember("sip.ld", { model: "VVX600" })], earlier);

  expect(suggestion?.lines[0]).toMatchObject({ model: "VVX600", brand: "Polycom" });
});

test("prefers an earlier update type to one guessed from the file name", () => {
  const earlier = [{ ...NO_ANSWERS, details: [aLine("sip.ld")] }];

  const [suggestion] = suggestDetails([aMember("sip.ld", {}, { updateType: "sip" })], earlier);
  const [stated] = suggestDetails([aMember("sip.ld", { updateType: "SIP" })], earlier);
  const [guessed] = suggestDetails([aMember("other.ld", {}, { updateType: "other" })], earlier);

  expect(suggestion?.lines[0]).toMatchObject({ updateType: "FW" });
  expect(stated?.lines[0]).toMatchObject({ updateType: "SIP" });
  expect(guessed?.lines[0]).toMatchObject({ updateType: "other" });
});

test("leaves out images that were left out before", () => {
  const earlier = [{ ...NO_ANSWERS, leftOut: ["boot/1.img"] }];

  expect(suggestDetails([aMember("boot/2.img"), aMember("sip.ld")], earlier)).toMatchObject([
    { path: "boot/2.img", isLeftOut: true },
    { path: "sip.ld", isLeftOut: false },
  ]);
});

test("returns a line for each phone that the package names for an image", () => {
  const members = [aMember("CPE.nbt", { model: "CX500" }), aMember("CPE.nbt", { model: "CX600" })];

  const suggestions = suggestDetails(members, []);

  expect(suggestions).toHaveLength(1);
  expect(suggestions[0]?.lines.map(({ model }) => model)).toEqual(["CX500", "CX600"]);
});
