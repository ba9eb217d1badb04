import { z } from "zod";
import { defineCommand } from "#programs/cli/command";
import { addConfirmOptions, confirmOptions, isConfirmed, mustAsk } from "#programs/cli/confirm";
import { formatJson } from "#programs/cli/output/format";
import { readTextFile } from "#programs/cli/read-text-file";
import { AppError } from "#foundation/core/errors";
import { fieldErrors } from "#foundation/core/parse-input";
import { changeDialect } from "#phones/dialect/server/change-dialect";
import { findDialect } from "#phones/dialect/server/find-dialect";
import { resetDialect } from "#phones/dialect/server/reset-dialect";
import type { LyncDialect } from "#phones/dialect/dialect";
import { DEFAULT_DIALECT, lyncDialect } from "#phones/dialect/dialect";
import { sampleAnswers } from "#phones/dialect/sample-answers";
import { requireJson } from "#foundation/core/json";

const getDialect = defineCommand({
  name: "get-dialect",
  cmdlet: null,
  summary: "print the dialect, which defines the XML answers to Lync phones, as JSON",
  notes: "The output can be edited and passed to set-dialect.",
  examples: ["get-dialect > dialect.json", "get-dialect --default"],
  needsDatabase: true,
  configure: (command) => {
    command.option("--default", "the dialect of this release instead of the one in use");
  },
  input: z.strictObject({
    args: z.array(z.string()).length(0),
    default: z.boolean().default(false),
  }),
  run: async ({ terminal, context }, input) => {
    const { dialect, isBroken } = await findDialect(context());
    if (isBroken) {
      terminal.tell("This release cannot read the stored dialect; this is the default.\n");
    }
    terminal.write(formatJson(input.default ? DEFAULT_DIALECT : dialect));
    return "done";
  },
});

const setDialect = defineCommand({
  name: "set-dialect",
  cmdlet: null,
  summary: "change the dialect, which defines the XML answers to Lync phones",
  notes: `The file has the format that get-dialect prints. A dialect that cannot be rendered is refused and nothing
changes. A change applies to every process from the next check and is recorded in the audit trail.`,
  examples: ["set-dialect dialect.json --what-if", "set-dialect dialect.json"],
  needsDatabase: true,
  configure: (command) => {
    addConfirmOptions(command.argument("<file>", "a dialect in JSON"));
  },
  input: z.strictObject({ args: z.tuple([z.string()]), ...confirmOptions }),
  run: async ({ terminal, context }, input) => {
    const { changed } = await findDialect(context());
    const seenAt = changed?.at.toISOString() ?? null;
    const dialect = await readDialectFile(input.args[0]);
    const sample = sampleAnswers(dialect).update.body ?? "";
    if (input.whatIf) {
      terminal.write(sample);
      return "done";
    }
    if (mustAsk(input, { canAsk: terminal.canAsk, isRemoval: false })) {
      terminal.tell(sample);
      if (!(await isConfirmed(terminal, "Use this dialect for answers to phones?"))) {
        return "declined";
      }
    }
    await changeDialect(context(), { dialect, seenAt });
    terminal.tell("The dialect is used from the next check.\n");
    return "done";
  },
});

const resetDialectCommand = defineCommand({
  name: "reset-dialect",
  cmdlet: null,
  summary: "reset the dialect to the default of this release",
  examples: ["reset-dialect --force"],
  needsDatabase: true,
  configure: (command) => {
    addConfirmOptions(command);
  },
  input: z.strictObject({ args: z.array(z.string()).length(0), ...confirmOptions }),
  run: async ({ terminal, context }, input) => {
    const { changed } = await findDialect(context());
    if (changed === null || input.whatIf) {
      const sentence = changed === null ? "is in use already" : "would be used";
      terminal.write(`The default dialect ${sentence}.\n`);
      return "done";
    }
    const isAsking = mustAsk(input, { canAsk: terminal.canAsk, isRemoval: true });
    if (isAsking && !(await isConfirmed(terminal, "Discard the current dialect?"))) {
      return "declined";
    }
    await resetDialect(context(), { seenAt: changed.at.toISOString() });
    terminal.write("The default dialect is used from the next check.\n");
    return "done";
  },
});

export const commands = [getDialect, setDialect, resetDialectCommand];

async function readDialectFile(path: string): Promise<LyncDialect> {
  const parsed = lyncDialect.safeParse(
    requireJson(await readTextFile(path), `${path} is not JSON.`),
  );
  if (!parsed.success) {
    const problems = fieldErrors(parsed.error).map(
      ({ path: field, message }) => `${field}: ${message}`,
    );
    throw new AppError("invalid_input", `${path} is not a dialect. ${problems.join(" ")}`);
  }
  return parsed.data;
}
