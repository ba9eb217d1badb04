import { z } from "zod";
import { PROGRAM } from "#programs/cli/program-name";
import { defineCommand } from "#programs/cli/command";
import { addFormatOptions, formatOptions, printItems } from "#programs/cli/output/format";
import { RULE_EVENT_FIELDS, RULE_FIELDS } from "#programs/cli/output/rule-fields";
import { parseRuleIdentity } from "#programs/cli/identity";
import {
  addSelectionOptions,
  requireNoneMissing,
  selectRules,
  selectionOptions,
} from "#programs/cli/select-rules";
import { listRuleEvents } from "#firmware/rules/server/list-rule-events";

const getRule = defineCommand({
  name: "get-device-update-rule",
  cmdlet: "Get-CsDeviceUpdateRule",
  summary: "show rules: their pending and approved versions, hardware and pool",
  notes: "Without arguments it shows all rules. Patterns take * and ?; case does not matter.",
  examples: [
    "get-device-update-rule --pending",
    'get-device-update-rule --filter "service:WebServer:pool01*" --brand POLYCOM',
    "get-device-update-rule service:WebServer:pool01.contoso.com/2de8cbf6-9441-4f61-b755-1e4bef1effde --list",
    `get-device-update-rule --brand LG-Nortel | ${PROGRAM} approve-device-update-rule -`,
  ],
  needsDatabase: true,
  configure: (command) => {
    addFormatOptions(addSelectionOptions(command));
  },
  input: z.strictObject({ ...selectionOptions, ...formatOptions }),
  run: async (session, input) => {
    const { rules, missing } = await selectRules(session, input);
    if (rules.length > 0 || missing.length === 0) {
      printItems(session.terminal, rules, { fields: RULE_FIELDS, options: input });
    }
    requireNoneMissing(missing);
    return "done";
  },
});

const getRuleEvent = defineCommand({
  name: "get-device-update-rule-event",
  cmdlet: null,
  summary: "show the history of a rule: who did what, when and why",
  notes: "Also works for a rule that has been removed.",
  examples: [
    "get-device-update-rule-event service:WebServer:pool01.contoso.com/2de8cbf6-9441-4f61-b755-1e4bef1effde",
  ],
  needsDatabase: true,
  configure: (command) => {
    addFormatOptions(
      command.argument("<identity>", "service:WebServer:<pool>/<guid>, or the GUID"),
    );
  },
  input: z.strictObject({ args: z.tuple([z.string()]), ...formatOptions }),
  run: async (session, input) => {
    const named = parseRuleIdentity(input.args[0]);
    const events = await listRuleEvents(session.context(), named.ruleId);
    // Every rule begins with an import, and its history stays after its removal.
    requireNoneMissing(events.length === 0 ? [named] : []);
    printItems(session.terminal, events, {
      fields: RULE_EVENT_FIELDS,
      options: input,
    });
    return "done";
  },
});

export const commands = [getRule, getRuleEvent];
