import fc from "fast-check";
import { expect, test } from "vitest";
import { judgeCheck } from "#phones/check/judge-check";
import { buildRuleTable } from "#phones/check/rule-table";
import { aHardware, aRelease, aRule, aSnapshot } from "#phones/check/testing/check-data";
import type { CheckRequest } from "#formats/protocol/check-request";

const REFERENCE = { poolFqdn: null, host: null };
const MAC = "0004F2000176";
const SNAPSHOT = aSnapshot({
  rules: [
    { ...aRule({ approved: aRelease("1.0.0.0"), pending: aRelease("2.0.0.0") }), poolId: "pool-1" },
  ],
  testDevices: [{ siteId: null, identifierType: "MACAddress", identifier: MAC }],
});

/** Only two words, so that every run generates phones that differ in exactly one field. */
const word = fc.constantFrom("CPE", "1.0.0.0");
const request = fc.record({
  hardware: fc
    .record({
      brand: fc.constantFrom("POLYCOM", "Polycom"),
      model: fc.constantFrom("CX600", "cx600"),
    })
    .map(aHardware),
  macAddress: fc.constantFrom(MAC, "0004F2000177"),
  serialNumber: fc.constantFrom(null, "S1"),
  user: fc.constant(null),
  trigger: fc.constant(null),
  installed: fc.array(
    fc.record({
      updateType: word,
      fileName: word,
      version: word,
      timestamp: fc.option(word, { nil: null }),
    }),
    { maxLength: 1 },
  ),
});

test("the cache does not change how a phone is judged or recorded", () => {
  fc.assert(
    fc.property(fc.array(request, { minLength: 20, maxLength: 60, size: "max" }), (requests) => {
      const shared = buildRuleTable(SNAPSHOT);
      for (const each of requests) {
        const { judged, isTestDevice, kind } = judgeCheck(shared, REFERENCE, each);
        const alone = judgeCheck(buildRuleTable(SNAPSHOT), REFERENCE, each);

        expect({ judged, isTestDevice }).toEqual({
          judged: alone.judged,
          isTestDevice: alone.isTestDevice,
        });
        expect(kind).toEqual({ hardware: each.hardware, installed: each.installed });
      }
    }),
  );
});

function aRequest(version: string): CheckRequest {
  const module = { updateType: "CPE", fileName: "CPE.nbt", version, timestamp: null };
  return {
    hardware: aHardware(),
    macAddress: "0004F2000177",
    serialNumber: null,
    user: null,
    trigger: null,
    installed: [module],
  };
}

test("phones with equal checks share one cached judgement; long checks are not cached", () => {
  const table = buildRuleTable(SNAPSHOT);
  const judge = (version: string) => judgeCheck(table, REFERENCE, aRequest(version));

  expect(judge("1.0.0.0")).toBe(judge("1.0.0.0"));
  expect(judge("1".repeat(1_000))).not.toBe(judge("1".repeat(1_000)));
  expect(judge("1".repeat(1_000))).toEqual(judge("1".repeat(1_000)));
});
