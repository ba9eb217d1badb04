import fc from "fast-check";
import { expect, test } from "vitest";
import { toAnswer } from "#phones/check/answer";
import { judgeCheck } from "#phones/check/judge-check";
import type { CandidateRule, RuleSnapshot } from "#phones/check/model";
import { buildRuleTable } from "#phones/check/rule-table";
import { aHardware, aPool, aRelease, aSnapshot } from "#phones/check/testing/check-data";
import { simulateCheck } from "#phones/check/what-if";
import { whatIfInput } from "#phones/check/what-if-input";
import { readJsonCheck } from "#formats/protocol/read-check";

const TIMES = { nextCheckSeconds: 86_400, idleSecondsBeforeInstall: 300 };
const MAC = "0004F2000176";

const version = fc.constantFrom("1.0.0.0", "2.0.0.0", "3.0.0.0");
const release = fc.option(version.map(aRelease), { nil: null });
const hardware = fc
  .record({
    brand: fc.constantFrom("POLYCOM", "Polycom", "Aastra"),
    model: fc.constantFrom("CX600", "cx600", "6725ip"),
    revision: fc.constantFrom("A", "B", ""),
    locale: fc.constantFrom("ENU", "enu", "FRA"),
  })
  .map(aHardware);
const updateType = fc.constantFrom("CPE", "cpe", "ROM");
const fqdn = fc.constantFrom("pool01.contoso.com", "pool02.contoso.com");

const rules = fc
  .array(
    fc.record({
      hardware,
      updateType,
      approved: release,
      pending: release,
      restore: release,
      poolId: fqdn,
    }),
    {
      maxLength: 8,
    },
  )
  .map((all) => all.map((rule, index) => ({ ...rule, id: `rule-${index}` })));

const snapshot = fc.record({ rules, isRegistered: fc.boolean() }).map((made): RuleSnapshot => {
  const pools = ["pool01.contoso.com", "pool02.contoso.com"].map((name, index) =>
    aPool({ id: name, fqdn: name, isDefault: index === 0, sipDomains: [] }),
  );
  const registered = { siteId: null, identifierType: "MACAddress", identifier: MAC } as const;
  return aSnapshot({
    pools,
    rules: made.rules,
    testDevices: made.isRegistered ? [registered] : [],
  });
});

const phone = fc.record({
  hardware,
  installed: fc.array(fc.record({ updateType, version: fc.oneof(version, fc.constant("")) }), {
    maxLength: 3,
  }),
  macAddress: fc.constantFrom("00-04-F2-00-01-76", "0004f2000176", "00:04:F2:00:01:77"),
  pool: fc.option(fqdn, { nil: null }),
});
type Phone = typeof phone extends fc.Arbitrary<infer T> ? T : never;

/** The answer of a real check with the same phone. */
function live(from: RuleSnapshot, { hardware: is, installed, macAddress, pool }: Phone) {
  const { brand: vendor, ...rest } = is;
  const modules = installed.map((module) => ({ ...module, fileName: `${module.updateType}.nbt` }));
  const device = { ...rest, vendor, macAddress, serialNumber: null };
  const body = JSON.stringify({ schema: 1, device, user: null, trigger: "boot", modules });
  const reference = { poolFqdn: pool, host: null };
  const { judged } = judgeCheck(buildRuleTable(from), reference, readJsonCheck(body));
  return toAnswer(judged, TIMES);
}

function preview(from: RuleSnapshot, asking: Phone, approveRuleId: string | null) {
  const { pool, side, approve, ...described } = whatIfInput.parse({
    ...asking,
    serialNumber: "",
    pool: asking.pool ?? "",
    side: "internal",
    approve: null,
  });
  expect([side, approve]).toEqual(["internal", null]);
  const question = { phone: described, poolFqdn: pool, approveRuleId };
  return simulateCheck(buildRuleTable(from), question, TIMES);
}

test("the preview equals the live answer for any rules and any phone", () => {
  fc.assert(
    fc.property(snapshot, phone, (from, asking) => {
      const { today, afterApproval } = preview(from, asking, null);

      expect(today.answer).toEqual(live(from, asking));
      expect(afterApproval).toBeNull();
    }),
  );
});

test("the preview after an approval equals the live answer after it, and does not change today's answer", () => {
  fc.assert(
    fc.property(snapshot, phone, fc.nat(7), (from, asking, index) => {
      const rule = from.rules[index];
      fc.pre(rule !== undefined && rule.pending !== null);
      const approved = { ...rule, approved: rule.pending, pending: null };
      const after = {
        ...from,
        rules: from.rules.map((other) => (other === rule ? approved : other)),
      };

      const previewed = preview(from, asking, rule.id);

      expect(previewed.today.answer).toEqual(live(from, asking));
      expect(previewed.afterApproval?.answer).toEqual(live(after, asking));
    }),
  );
});

test("each judgement has its reason, and only rules with a pending version for this phone are approvable", () => {
  const waiting = aRuleIn({ id: "waiting", pending: aRelease("2.0.0.0") });
  const decided = aRuleIn({ id: "decided", updateType: "ROM", approved: aRelease("1.0.0.0") });
  const from = aSnapshot({ rules: [waiting, decided] });

  const previewed = preview(from, aPhone(), "waiting");

  expect(previewed.approvable).toEqual([
    { ruleId: "waiting", updateType: "CPE", version: "2.0.0.0" },
  ]);
  expect(previewed.today.judgements.map(({ verdict }) => verdict)).toEqual([
    "nothing_to_offer",
    "offered",
  ]);
  expect(previewed.afterApproval?.judgements.map(({ verdict }) => verdict)).toEqual([
    "offered",
    "offered",
  ]);
});

test.each([
  ["nothing pending", "decided"],
  ["no such rule", "elsewhere"],
])("there is no answer after an approval with %s", (_, ruleId) => {
  const from = aSnapshot({ rules: [aRuleIn({ id: "decided", approved: aRelease("1.0.0.0") })] });

  expect(preview(from, aPhone(), ruleId).afterApproval).toBeNull();
});

function aRuleIn(overrides: Partial<CandidateRule>): CandidateRule & { readonly poolId: string } {
  return {
    id: "rule",
    hardware: aHardware(),
    updateType: "CPE",
    approved: null,
    pending: null,
    restore: null,
    poolId: "pool-1",
    ...overrides,
  };
}

function aPhone(): Phone {
  return { hardware: aHardware(), installed: [], macAddress: "00:04:F2:00:01:77", pool: null };
}
