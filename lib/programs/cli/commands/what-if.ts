import { z } from "zod";
import type { WhatIfAnswer } from "#phones/check/what-if";
import { previewCheck } from "#phones/check/server/what-if";
import { defineCommand } from "#programs/cli/command";
import { parsePoolName, parseRuleIdentity } from "#programs/cli/identity";
import type { Field } from "#programs/cli/output/fields";
import { column, detail } from "#programs/cli/output/fields";
import { addFormatOptions, formatOptions, printItems } from "#programs/cli/output/format";
import { requireNoneMissing } from "#programs/cli/select-rules";
import type { Session } from "#programs/cli/session";
import { findRuleDetails } from "#firmware/rules/server/find-rule";
import { requireKnownPoolsUnchecked } from "#fleet/pools/server/known-pools";
import type { Verdict } from "#fleet/devices/model";

/** One judgement of an answer. An answer for which no rule was judged has one line without a rule. */
type Reason = {
  readonly answer: "today" | "after_approval";
  readonly predicted: WhatIfAnswer;
  readonly judgement: WhatIfAnswer["judgements"][number] | null;
};

const WHY = {
  offered: "The phone reports a different version than the one the rule has for it.",
  already_installed: "The phone runs the version that the rule has for it.",
  content_unusable: "A file of the version is damaged or missing on the server.",
  suspended:
    "The phone received the version several times but reports another one each time. It is no longer offered.",
  halted:
    "The brake halted the roll-out of the version. An administrator continues it or goes back.",
  nothing_to_offer: "The rule has no version for this phone.",
  other_hardware: "The rule is for another revision or locale of this model.",
} as const satisfies Record<Verdict, string>;

const FIELDS: readonly Field<Reason>[] = [
  column("Answer", ({ answer }) => answer),
  column("Outcome", ({ predicted }) => predicted.outcome),
  column("UpdateType", ({ judgement }) => judgement?.updateType ?? null),
  column("Verdict", ({ judgement }) => judgement?.verdict ?? null),
  column("Version", ({ judgement }) => judgement?.version ?? null),
  column("Channel", ({ judgement }) => judgement?.channel ?? null),
  detail("Why", ({ judgement }) =>
    judgement === null ? "There is no rule for this phone." : WHY[judgement.verdict],
  ),
  detail("RuleId", ({ judgement }) => judgement?.ruleId ?? null),
  detail("Pool", ({ predicted }) => predicted.poolFqdn),
  detail("IsTestDevice", ({ predicted }) => predicted.isTestDevice),
];

const text = z.string();

const testDeviceUpdate = defineCommand({
  name: "test-device-update",
  cmdlet: null,
  summary: "show what a phone would be offered, today and after an approval",
  notes: `The phone need not exist. Nothing is recorded and nothing is approved.
Without --pool the phone checks at the default pool.`,
  examples: [
    "test-device-update --brand POLYCOM --model CX600 --version 4.0.7577.4100",
    "test-device-update --model CX600 --mac 00-04-F2-00-01-76 --list",
    "test-device-update --approve 2de8cbf6-9441-4f61-b755-1e4bef1effde --json",
  ],
  needsDatabase: true,
  configure: (command) => {
    addFormatOptions(
      command
        .option("--device-type <type>", "default: UCPhone")
        .option("--brand <brand>", "default: POLYCOM")
        .option("--model <model>", "default: CX600")
        .option("--revision <revision>", "default: A")
        .option("--locale <locale>", "default: ENU")
        .option("--update-type <type>", "the type of image it reports; default: CPE")
        .option("--version <version>", "the version it reports; default: none")
        .option("--mac <address>", "its MAC address, which may be that of a test device")
        .option("--serial <number>", "its serial number")
        .option("--pool <pool>", "the pool it checks at")
        .option("--external", "as a phone outside the firewall that has signed in")
        .option(
          "--approve <rule>",
          "also show the answer after the pending version of this rule is approved",
        ),
    );
  },
  input: z.strictObject({
    args: z.array(z.string()).length(0),
    deviceType: text.default("UCPhone"),
    brand: text.default("POLYCOM"),
    model: text.default("CX600"),
    revision: text.default("A"),
    locale: text.default("ENU"),
    updateType: text.default("CPE"),
    version: text.default(""),
    mac: text.default(""),
    serial: text.default(""),
    pool: text.default(""),
    external: z.boolean().default(false),
    approve: text.optional(),
    ...formatOptions,
  }),
  run: async (session, input) => {
    const { deviceType, brand, model, revision, locale } = input;
    const pool = parsePoolName(input.pool);
    await requireKnownPoolsUnchecked(pool === "" ? [] : [pool]);
    const approve = input.approve === undefined ? null : await requireRule(session, input.approve);
    const { today, afterApproval } = await previewCheck(session.context(), {
      hardware: { deviceType, brand, model, revision, locale },
      installed: [{ updateType: input.updateType, version: input.version }],
      macAddress: input.mac,
      serialNumber: input.serial,
      pool,
      side: input.external ? "external" : "internal",
      approve,
    });
    if (approve !== null && afterApproval === null) {
      session.terminal.tell("The rule has no pending version.\n");
    }
    const reasons = [
      ...toReasons("today", today),
      ...(afterApproval === null ? [] : toReasons("after_approval", afterApproval)),
    ];
    printItems(session.terminal, reasons, { fields: FIELDS, options: input });
    return "done";
  },
});

async function requireRule(
  session: Session,
  identity: string,
): Promise<{ readonly ruleId: string }> {
  const named = parseRuleIdentity(identity);
  const found = await findRuleDetails(session.context(), named.ruleId);
  requireNoneMissing(found === null ? [named] : []);
  return { ruleId: named.ruleId };
}

function toReasons(answer: Reason["answer"], predicted: WhatIfAnswer): readonly Reason[] {
  const { judgements } = predicted;
  return judgements.length === 0
    ? [{ answer, predicted, judgement: null }]
    : judgements.map((judgement) => ({ answer, predicted, judgement }));
}

export const commands = [testDeviceUpdate];
