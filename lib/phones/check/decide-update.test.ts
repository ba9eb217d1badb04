import fc from "fast-check";
import { expect, test } from "vitest";
import { decideUpdate } from "#phones/check/decide-update";
import type { CandidateRule, CheckingDevice, OfferedRelease } from "#phones/check/model";
import {
  aDevice,
  aFaultyRelease,
  aHardware,
  aRelease,
  aRule,
} from "#phones/check/testing/check-data";
import type { Hardware } from "#foundation/core/hardware";
import { hardwareKey } from "#foundation/core/hardware";

test.each([
  ["nothing_to_offer", aDevice(), aRule()],
  ["nothing_to_offer", aDevice(), aRule({ pending: aRelease("4.0.0.1") })],
  ["already_installed", aDevice(), aRule({ approved: aRelease("4.0.0.0") })],
  ["already_installed", aDevice(), aRule({ approved: aFaultyRelease("4.0.0.0", "image") })],
  ["content_unusable", aDevice(), aRule({ approved: aFaultyRelease("4.0.0.1", "image") })],
  ["content_unusable", aDevice(), aRule({ approved: aFaultyRelease("4.0.0.1", "signature") })],
  [
    "content_unusable",
    aDevice({ isTestDevice: true }),
    aRule({ approved: aRelease("4.0.0.1"), pending: aFaultyRelease("4.0.0.2", "image") }),
  ],
  ["nothing_to_offer", aDevice(), aRule({ restore: aRelease("4.0.0.1") })],
  ["halted", aDevice(), aRule({ approved: aRelease("4.0.0.1"), isHalted: true })],
  [
    "halted",
    aDevice({ isTestDevice: true }),
    aRule({ approved: aRelease("4.0.0.1"), isHalted: true }),
  ],
  ["already_installed", aDevice(), aRule({ approved: aRelease("4.0.0.0"), isHalted: true })],
  [
    "other_hardware",
    aDevice({ hardware: aHardware({ revision: "B" }) }),
    aRule({ approved: aRelease("4.0.0.1") }),
  ],
] as const)("offers nothing with verdict %s", (verdict, device, rule) => {
  expect(decideUpdate(device, [rule])).toEqual([
    expect.objectContaining({ ruleId: rule.id, verdict }),
  ]);
});

test("a halted roll-out does not keep test devices from a pending version", () => {
  const rule = aRule({
    approved: aRelease("4.0.0.1"),
    pending: aRelease("4.0.0.2"),
    isHalted: true,
  });

  expect(decideUpdate(aDevice({ isTestDevice: true }), [rule])).toMatchObject([
    { verdict: "offered", channel: "pending" },
  ]);
});

test.each([
  [
    "a newer approved version",
    aDevice(),
    aRule({ approved: aRelease("4.0.0.1") }),
    "approved",
    "4.0.0.1",
  ],
  [
    "an older approved version",
    aDevice(),
    aRule({ approved: aRelease("3.5.0.9") }),
    "approved",
    "3.5.0.9",
  ],
  [
    "the pending version to a test device",
    aDevice({ isTestDevice: true }),
    aRule({ approved: aRelease("4.0.0.0"), pending: aRelease("4.0.0.2") }),
    "pending",
    "4.0.0.2",
  ],
  [
    "the approved version to a test device while nothing is pending",
    aDevice({ isTestDevice: true }),
    aRule({ approved: aRelease("4.0.0.1") }),
    "approved",
    "4.0.0.1",
  ],
  [
    "the approved version to a phone that reports no version",
    aDevice({ installed: new Map() }),
    aRule({ approved: aRelease("4.0.0.1") }),
    "approved",
    "4.0.0.1",
  ],
  [
    "a version whose only damaged file is the description",
    aDevice(),
    aRule({ approved: aFaultyRelease("4.0.0.1", "description") }),
    "approved",
    "4.0.0.1",
  ],
  [
    "the approved version while the content of the pending one is damaged",
    aDevice(),
    aRule({ approved: aRelease("4.0.0.1"), pending: aFaultyRelease("4.0.0.2", "image") }),
    "approved",
    "4.0.0.1",
  ],
  [
    "the approved version to hardware that differs only in case",
    aDevice({ hardware: aHardware({ brand: "Polycom", locale: "enu" }) }),
    aRule({ approved: aRelease("4.0.0.1") }),
    "approved",
    "4.0.0.1",
  ],
] as const)("offers %s", (...[, device, rule, channel, version]) => {
  const [judgement] = decideUpdate(device, [rule]);

  expect(judgement).toMatchObject({ verdict: "offered", channel, release: { version } });
});

test("compares each rule with the installed version of its update type", () => {
  const device = aDevice({
    installed: new Map([
      ["cpe", "1.0"],
      ["boot", "2.0"],
    ]),
  });
  const rules = [
    aRule({ id: "cpe", updateType: "CPE", approved: aRelease("1.0") }),
    aRule({ id: "boot", updateType: "Boot", approved: aRelease("1.0") }),
  ];

  expect(decideUpdate(device, rules)).toMatchObject([
    { ruleId: "cpe", verdict: "already_installed" },
    { ruleId: "boot", verdict: "offered", fromVersion: "2.0" },
  ]);
});

const few = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const release: fc.Arbitrary<OfferedRelease | null> = fc.option(
  few("1.0", "1.1", "2.0").map(aRelease),
);
const hardware: fc.Arbitrary<Hardware> = fc
  .record({ brand: few("POLYCOM", "Polycom", "Aastra"), revision: few("A", "B") })
  .map(aHardware);
const rule: fc.Arbitrary<CandidateRule> = fc
  .record({
    id: fc.uuid(),
    hardware,
    updateType: few("CPE", "Boot"),
    approved: release,
    pending: release,
  })
  .map(aRule);
const device: fc.Arbitrary<CheckingDevice> = fc
  .record({
    hardware,
    isTestDevice: fc.boolean(),
    installed: fc.dictionary(few("cpe", "boot"), few("1.0", "1.1", "2.0")),
  })
  .map(({ installed, ...rest }) => ({ ...rest, installed: new Map(Object.entries(installed)) }));

test("returns one judgement per rule, in order", () => {
  fc.assert(
    fc.property(device, fc.array(rule), (asking, rules) => {
      const judged = decideUpdate(asking, rules).map(({ ruleId }) => ruleId);
      expect(judged).toEqual(rules.map(({ id }) => id));
    }),
  );
});

test("offers any different version, newer or older, and only to the same hardware", () => {
  fc.assert(
    fc.property(device, rule, (asking, given) => {
      const target = asking.isTestDevice ? (given.pending ?? given.approved) : given.approved;
      const isSame = hardwareKey(asking.hardware) === hardwareKey(given.hardware);
      const installed = asking.installed.get(given.updateType.toLowerCase());

      const isOffered = decideUpdate(asking, [given])[0]?.verdict === "offered";

      expect(isOffered).toBe(isSame && target !== null && target.version !== installed);
    }),
  );
});

test("offers a pending version to test devices only", () => {
  fc.assert(
    fc.property(device, rule, (asking, given) => {
      const normal = { ...asking, isTestDevice: false };
      expect(decideUpdate(normal, [given])).toEqual(
        decideUpdate(normal, [{ ...given, pending: null }]),
      );
    }),
  );
});

test("offers nothing more to a phone that installed the offered version", () => {
  fc.assert(
    fc.property(device, rule, (asking, given) => {
      const [judgement] = decideUpdate(asking, [given]);
      fc.pre(judgement?.verdict === "offered");
      const installed = new Map(asking.installed).set(
        given.updateType.toLowerCase(),
        judgement.release.version,
      );
      expect(decideUpdate({ ...asking, installed }, [given])[0]?.verdict).toBe("already_installed");
    }),
  );
});
