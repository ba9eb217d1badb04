import { z } from "zod";
import { defineCommand } from "#programs/cli/command";
import { addConfirmOptions, confirmOptions, isConfirmed, mustAsk } from "#programs/cli/confirm";
import { parseRuleIdentity } from "#programs/cli/identity";
import type { Field } from "#programs/cli/output/fields";
import { column, detail } from "#programs/cli/output/fields";
import { addFormatOptions, formatOptions, printItems } from "#programs/cli/output/format";
import { parseInput } from "#foundation/core/parse-input";
import { createVersionMatch } from "#firmware/rules/server/create-version-match";
import { listVersionMatches } from "#firmware/rules/server/list-version-matches";
import { revokeVersionMatch } from "#firmware/rules/server/revoke-version-match";
import type { VersionMatch } from "#firmware/rules/version-match";
import {
  createVersionMatchInput,
  revokeVersionMatchInput,
} from "#firmware/rules/version-match-schema";

const FIELDS: readonly Field<VersionMatch>[] = [
  column("Id", (match) => match.id),
  column("Model", (match) => match.hardware.model),
  column("UpdateType", (match) => match.updateType),
  column("PackageVersion", (match) => match.packageVersion),
  column("ReportedVersion", (match) => match.reportedVersion),
  column("Pool", (match) => match.poolFqdn, "all"),
  detail("DeviceType", (match) => match.hardware.deviceType),
  detail("Brand", (match) => match.hardware.brand),
  detail("Revision", (match) => match.hardware.revision),
  detail("Locale", (match) => match.hardware.locale),
  detail("CreatedAt", (match) => match.createdAt),
  detail("CreatedBy", (match) => match.createdBy),
];

const getVersionMatch = defineCommand({
  name: "get-version-match",
  cmdlet: null,
  summary: "show version matches, the versions that are declared to be the same",
  examples: ["get-version-match", "get-version-match --json"],
  needsDatabase: true,
  configure: (command) => {
    addFormatOptions(command);
  },
  input: z.strictObject({ args: z.array(z.string()).length(0), ...formatOptions }),
  run: async ({ terminal, context }, input) => {
    const matches = await listVersionMatches(context());
    printItems(terminal, matches, { fields: FIELDS, options: input });
    return "done";
  },
});

const newVersionMatch = defineCommand({
  name: "new-version-match",
  cmdlet: null,
  summary: "declare that a package's version and a version that phones report are the same",
  notes:
    "It applies to the hardware and update type of the rule, in its pool or in all pools. From their next check, phones that report the version count as up to date.",
  examples: [
    'new-version-match 2de8cbf6-9441-4f61-b755-1e4bef1effde --reported "5.4.0.10182 rts 7"',
    'new-version-match 2de8cbf6-9441-4f61-b755-1e4bef1effde --package 5.4.0.10182 --reported "5.4.0.10182 rts 7" --all-pools',
  ],
  needsDatabase: true,
  configure: (command) => {
    addFormatOptions(
      command
        .argument("<rule>", "service:WebServer:<pool>/<guid>, or the GUID alone")
        .requiredOption("--reported <version>", "the version as phones report it")
        .option("--package <version>", "the package's version; default: the version of the rule")
        .option("--all-pools", "in all pools instead of only the rule's pool"),
    );
  },
  input: z.strictObject({
    args: z.tuple([z.string()]),
    reported: z.string(),
    package: z.string().optional(),
    allPools: z.boolean().default(false),
    ...formatOptions,
  }),
  run: async (session, input) => {
    const parsed = parseInput(createVersionMatchInput, {
      ruleId: parseRuleIdentity(input.args[0]).ruleId,
      packageVersion: input.package ?? null,
      reportedVersion: input.reported,
      scope: input.allPools ? "all_pools" : "pool",
    });
    const match = await createVersionMatch(session.context(), parsed);
    printItems(session.terminal, [match], { fields: FIELDS, options: input });
    return "done";
  },
});

const removeVersionMatch = defineCommand({
  name: "remove-version-match",
  cmdlet: null,
  summary: "remove a version match",
  notes: "Phones that report the one version are offered the other again.",
  examples: ["remove-version-match 0199a3c1-7a52-7c3e-9d0e-0f6f5a3b2c11"],
  needsDatabase: true,
  configure: (command) => {
    addConfirmOptions(command.argument("<id>", "as get-version-match shows it"));
  },
  input: z.strictObject({ args: z.tuple([z.string()]), ...confirmOptions }),
  run: async (session, input) => {
    const { terminal } = session;
    const parsed = parseInput(revokeVersionMatchInput, { versionMatchId: input.args[0] });
    if (input.whatIf) {
      const all = await listVersionMatches(session.context());
      const found = all.filter(({ id }) => id === parsed.versionMatchId);
      terminal.write(`${found.length} would be removed.\n`);
      return "done";
    }
    const asks = mustAsk(input, { canAsk: terminal.canAsk, isRemoval: true });
    if (asks && !(await isConfirmed(terminal, "Remove this version match?"))) {
      return "declined";
    }
    await revokeVersionMatch(session.context(), parsed);
    terminal.write("1 removed.\n");
    return "done";
  },
});

export const commands = [getVersionMatch, newVersionMatch, removeVersionMatch];
