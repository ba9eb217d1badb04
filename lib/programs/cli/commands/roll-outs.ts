import { z } from "zod";
import { collect, defineCommand } from "#programs/cli/command";
import { everyPage } from "#programs/cli/every-page";
import { parsePoolName, parseRuleIdentity } from "#programs/cli/identity";
import type { Field } from "#programs/cli/output/fields";
import { column, detail } from "#programs/cli/output/fields";
import { addFormatOptions, formatOptions, printItems } from "#programs/cli/output/format";
import { requireNoneMissing } from "#programs/cli/select-rules";
import { listRuleEvents } from "#firmware/rules/server/list-rule-events";
import type { RollOutSiteCounts } from "#fleet/devices/roll-out-state";
import { countPhones } from "#fleet/devices/roll-out-state";
import { AppError } from "#foundation/core/errors";
import { parseInput } from "#foundation/core/parse-input";
import { filterValue } from "#foundation/core/search-text";
import type { RollOutSummary } from "#phones/roll-outs/model";
import { ROLL_OUT_STATUSES } from "#phones/roll-outs/model";
import { EVERY_ROLL_OUT } from "#phones/roll-outs/search-params";
import { continueRollOutInput } from "#phones/roll-outs/schema";
import { continueRollOut } from "#phones/roll-outs/server/continue-roll-out";
import { findRollOut } from "#phones/roll-outs/server/find-roll-out";
import { listRollOuts } from "#phones/roll-outs/server/list-roll-outs";

const FIELDS: readonly Field<RollOutSummary>[] = [
  detail("Id", (rollOut) => rollOut.id),
  column("Model", (rollOut) => rollOut.hardware.model),
  column("UpdateType", (rollOut) => rollOut.updateType),
  column("Pool", (rollOut) => rollOut.poolFqdn),
  column("Kind", (rollOut) => rollOut.kind),
  column("ToVersion", (rollOut) => rollOut.toVersion),
  column("State", (rollOut) => rollOut.status),
  column("Target", (rollOut) => rollOut.target),
  column("Running", ({ counts }) => counts?.running ?? null),
  column("FellBack", ({ counts }) => counts?.fell_back ?? null),
  column("NeverCameBack", ({ counts }) => counts?.never_came_back ?? null),
  column("ExpectedFinish", (rollOut) => rollOut.expectedFinish),
  detail("OtherVersion", ({ counts }) => counts?.other_version ?? null),
  detail("Waiting", ({ counts }) => counts?.waiting ?? null),
  detail("Silent", ({ counts }) => counts?.silent ?? null),
  detail("Offered", ({ counts }) => counts?.offered ?? null),
  detail("Downloading", ({ counts }) => counts?.downloading ?? null),
  detail("Downloaded", ({ counts }) => counts?.downloaded ?? null),
  detail("Left", ({ counts }) => counts?.left ?? null),
  detail("Joined", ({ counts }) => counts?.joined ?? null),
  detail("JoinedRunning", ({ counts }) => counts?.joinedRunning ?? null),
  detail("CountedAt", ({ counts }) => counts?.at ?? null),
  detail("FromVersion", (rollOut) => rollOut.fromVersion),
  detail("Site", (rollOut) => rollOut.siteName),
  detail("DeviceType", (rollOut) => rollOut.hardware.deviceType),
  detail("Brand", (rollOut) => rollOut.hardware.brand),
  detail("Revision", (rollOut) => rollOut.hardware.revision),
  detail("Locale", (rollOut) => rollOut.hardware.locale),
  detail("RuleId", (rollOut) => rollOut.ruleId),
  detail("StartedAt", (rollOut) => rollOut.startedAt),
  detail("StartedBy", (rollOut) => rollOut.startedBy),
  detail("Reason", (rollOut) => rollOut.reason),
  detail("HaltedAt", (rollOut) => rollOut.haltedAt),
  detail("EndedAt", (rollOut) => rollOut.endedAt),
  detail("PreviousId", (rollOut) => rollOut.previousId),
  detail("NextId", (rollOut) => rollOut.nextId),
];

const getRollOut = defineCommand({
  name: "get-device-update-rollout",
  cmdlet: null,
  summary: "show roll-outs: how far the phones are with what was approved, restored or withdrawn",
  notes: `Those under way are first. States: ${ROLL_OUT_STATUSES.join(", ")}.`,
  examples: [
    "get-device-update-rollout",
    "get-device-update-rollout --state under_way --state halted --json",
    "get-device-update-rollout service:WebServer:pool01.contoso.com/2de8cbf6-9441-4f61-b755-1e4bef1effde --list",
  ],
  needsDatabase: true,
  configure: (command) => {
    addFormatOptions(
      command
        .argument("[rule]", "service:WebServer:<pool>/<guid>, or the GUID: roll-outs of this rule")
        .option("--model <model>", "roll-outs for this model; may be repeated", collect)
        .option("--pool <pool>", "roll-outs in this pool; may be repeated", collect)
        .option("--state <state>", "roll-outs in this state; may be repeated", collect),
    );
  },
  input: z.strictObject({
    args: z.array(z.string()).max(1),
    model: z.array(filterValue).default([]),
    pool: z.array(filterValue).default([]),
    state: z
      .array(z.enum(ROLL_OUT_STATUSES, `One of ${ROLL_OUT_STATUSES.join(", ")}.`))
      .default([]),
    ...formatOptions,
  }),
  run: async (session, input) => {
    const [named] = input.args.map(parseRuleIdentity);
    const rollOuts = await everyPage(async (page) => {
      const found = await listRollOuts(session.context(), {
        ...EVERY_ROLL_OUT,
        model: input.model,
        pool: input.pool.map(parsePoolName),
        state: input.state,
        ruleId: named?.ruleId ?? null,
        page,
      });
      return { ...found, items: found.rollOuts };
    });
    if (rollOuts.length === 0 && named !== undefined) {
      // A rule that was removed has a history, and its roll-outs.
      const events = await listRuleEvents(session.context(), named.ruleId);
      requireNoneMissing(events.length === 0 ? [named] : []);
    }
    printItems(session.terminal, rollOuts, { fields: FIELDS, options: input });
    return "done";
  },
});

const SITE_FIELDS: readonly Field<RollOutSiteCounts>[] = [
  column("Site", (site) => site.siteName),
  column("Target", (site) => countPhones(site)),
  column("Running", (site) => site.running),
  column("FellBack", (site) => site.fell_back),
  column("NeverCameBack", (site) => site.never_came_back),
  column("OtherVersion", (site) => site.other_version),
  column("Waiting", (site) => site.waiting),
  column("Silent", (site) => site.silent),
  detail("Offered", (site) => site.offered),
  detail("Downloading", (site) => site.downloading),
  detail("Downloaded", (site) => site.downloaded),
  detail("Left", (site) => site.left),
];

const getRollOutSite = defineCommand({
  name: "get-device-update-rollout-site",
  cmdlet: null,
  summary: "show how far the phones of a roll-out are at each site",
  notes: "A phone counts at the site of the network of its address, else at the site of its pool.",
  examples: ["get-device-update-rollout-site 0199a3c1-7a52-7c3e-9d0e-0f6f5a3b2c11 --csv"],
  needsDatabase: true,
  configure: (command) => {
    addFormatOptions(command.argument("<id>", "as get-device-update-rollout shows it with --list"));
  },
  input: z.strictObject({ args: z.tuple([z.string()]), ...formatOptions }),
  run: async (session, input) => {
    const [id] = input.args;
    const details = await findRollOut(session.context(), id);
    if (details === null) {
      throw new AppError("not_found", `There is no roll-out ${id}.`);
    }
    const sites = details.sites.get(details.rollOut.id) ?? [];
    printItems(session.terminal, sites, { fields: SITE_FIELDS, options: input });
    return "done";
  },
});

const continueRollOutCommand = defineCommand({
  name: "continue-device-update-rollout",
  cmdlet: null,
  summary: "continue a roll-out that the brake halted",
  notes:
    "From then on, the brake counts only phones that download the version later. To go back instead, use restore-device-update-rule.",
  examples: [
    'continue-device-update-rollout 0199a3c1-7a52-7c3e-9d0e-0f6f5a3b2c11 --reason "a power cut, not the version"',
  ],
  needsDatabase: true,
  configure: (command) => {
    command
      .argument("<id>", "as get-device-update-rollout shows it with --list")
      .requiredOption("--reason <text>", "why the phones that failed do not matter");
  },
  input: z.strictObject({ args: z.tuple([z.string()]), reason: z.string() }),
  run: async (session, input) => {
    const [rollOutId] = input.args;
    const parsed = parseInput(continueRollOutInput, { rollOutId, reason: input.reason });
    await continueRollOut(session.context(), parsed);
    session.terminal.tell("The roll-out continues.\n");
    return "done";
  },
});

export const commands = [getRollOut, getRollOutSite, continueRollOutCommand];
