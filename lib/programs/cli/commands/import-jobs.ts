import { Option } from "commander";
import { z } from "zod";
import { collect, defineCommand } from "#programs/cli/command";
import { readDescribeFile } from "#programs/cli/describe-file";
import { everyPage } from "#programs/cli/every-page";
import { finishImport, printImport } from "#programs/cli/finish-import";
import { requireImport } from "#programs/cli/follow-import";
import { lastOption } from "#programs/cli/common-options";
import type { Field } from "#programs/cli/output/fields";
import { column, detail } from "#programs/cli/output/fields";
import {
  addFormatOptions,
  formatOptions,
  printItems,
  formatJson,
} from "#programs/cli/output/format";
import { printedImport } from "#programs/cli/output/import-report";
import { parseInput } from "#foundation/core/parse-input";
import type { Session } from "#programs/cli/session";
import { AppError } from "#foundation/core/errors";
import type { ImportSummary } from "#firmware/imports/model";
import { IMPORT_STATES } from "#firmware/imports/model";
import { confirmInput, describeInput } from "#firmware/imports/schema";
import { cancelImport } from "#firmware/imports/server/cancel-import";
import { confirmImport } from "#firmware/imports/server/confirm-import";
import { describeImport } from "#firmware/imports/server/describe-import";
import { suggestImportDetails } from "#firmware/imports/server/find-import";
import { listImports } from "#firmware/imports/server/list-imports";

const IMPORT_FIELDS: readonly Field<ImportSummary>[] = [
  column("Id", (job) => job.id),
  column("State", (job) => job.state),
  column("FileName", (job) => job.fileName),
  column("SizeBytes", (job) => job.sizeBytes),
  column("CreatedAt", (job) => job.createdAt),
  column("CreatedBy", (job) => job.createdByName),
  detail("FinishedAt", (job) => job.finishedAt),
  detail("Error", (job) => job.error),
  detail("Notes", (job) => job.notes),
];

const importId = z.uuid("The id of an import, as get-device-update-import shows it.");

const getDeviceUpdateImport = defineCommand({
  name: "get-device-update-import",
  cmdlet: null,
  summary: "show imports: running, waiting for an answer, or finished",
  notes: `Latest first. With an id, shows the result of one import; --template prints a template of the
file for --describe.`,
  examples: [
    "get-device-update-import",
    "get-device-update-import --state failed --last 5 --list",
    "get-device-update-import 019ab1c2-3d4e-7f50-8a61-b2c3d4e5f607 --template > details.json",
  ],
  needsDatabase: true,
  configure: (command) => {
    addFormatOptions(
      command
        .argument("[id]", "the id of one import")
        .option("--state <state>", `may be repeated: ${IMPORT_STATES.join(", ")}`, collect)
        .option("--last <number>", "the number of latest imports to show")
        .addOption(
          new Option("--template", "print a template of the file for --describe").conflicts([
            "state",
            "last",
            "csv",
            "list",
          ]),
        ),
    );
  },
  input: z.strictObject({
    args: z.array(importId).max(1),
    state: z.array(z.enum(IMPORT_STATES, `One of ${IMPORT_STATES.join(", ")}.`)).default([]),
    last: lastOption(50),
    template: z.boolean().default(false),
    ...formatOptions,
  }),
  run: async (session, input) => {
    const [id] = input.args;
    if (id !== undefined) {
      const job = await requireImport(session, id);
      if (input.template) {
        await printTemplate(session, id);
        return "done";
      }
      printImport(session, printedImport(job), input.json);
      return "done";
    }
    if (input.template) {
      throw new AppError("invalid_input", "--template belongs to one import: name its id.");
    }
    const imports = await everyPage(async (page) => {
      const search = { q: "", state: input.state, sort: "createdAt", order: "desc" } as const;
      const found = await listImports(session.context(), { ...search, page });
      return { ...found, items: found.imports };
    }, input.last);
    printItems(session.terminal, imports, { fields: IMPORT_FIELDS, options: input });
    return "done";
  },
});

async function printTemplate(session: Session, id: string): Promise<void> {
  const job = await requireImport(session, id);
  if (job.state !== "needs_details") {
    throw new AppError("invalid_state", "This import is not waiting for details.");
  }
  const suggestions = await suggestImportDetails(session.context(), job);
  session.terminal.write(
    formatJson({
      details: suggestions.filter(({ isLeftOut }) => !isLeftOut).flatMap(({ lines }) => lines),
      leftOut: suggestions.filter(({ isLeftOut }) => isLeftOut).map(({ path }) => path),
    }),
  );
}

const resumeDeviceUpdateImport = defineCommand({
  name: "resume-device-update-import",
  cmdlet: null,
  summary: "answer the question of a waiting import, and follow it to its end",
  examples: [
    "resume-device-update-import 019ab1c2-3d4e-7f50-8a61-b2c3d4e5f607 --describe details.json",
    'resume-device-update-import 019ab1c2-3d4e-7f50-8a61-b2c3d4e5f607 --accept-mismatch "test build"',
  ],
  needsDatabase: true,
  configure: (command) => {
    command
      .argument("<id>", "the import")
      .addOption(
        new Option("--describe <file>", "JSON that says what the images are for").conflicts(
          "acceptMismatch",
        ),
      )
      .option(
        "--accept-mismatch <why>",
        "import images that cannot be verified with their security catalog",
      )
      .option("--json", "print the report as JSON");
  },
  input: z.strictObject({
    args: z.tuple([importId]),
    describe: z.string().optional(),
    acceptMismatch: z.string().optional(),
    json: z.boolean().default(false),
  }),
  run: async (session, input) => {
    const [id] = input.args;
    await answer(session, id, input);
    return finishImport(session, id, input.json);
  },
});

/** Without an answer, the import is only followed: a stopped command may have left it in the queue. */
async function answer(
  session: Session,
  id: string,
  given: { readonly describe?: string | undefined; readonly acceptMismatch?: string | undefined },
): Promise<void> {
  if (given.describe !== undefined) {
    const described = await readDescribeFile(given.describe);
    await describeImport(
      session.context(),
      parseInput(describeInput, { importId: id, ...described }),
    );
  } else if (given.acceptMismatch !== undefined) {
    const confirmed = { importId: id, reason: given.acceptMismatch };
    await confirmImport(session.context(), parseInput(confirmInput, confirmed));
  }
}

const stopDeviceUpdateImport = defineCommand({
  name: "stop-device-update-import",
  cmdlet: null,
  summary: "cancel an import that is queued or waits for an answer",
  examples: ["stop-device-update-import 019ab1c2-3d4e-7f50-8a61-b2c3d4e5f607"],
  needsDatabase: true,
  configure: (command) => {
    command.argument("<id>", "the import");
  },
  input: z.strictObject({ args: z.tuple([importId]) }),
  run: async (session, { args: [id] }) => {
    await cancelImport(session.context(), { importId: id });
    session.terminal.tell(`Cancelled the import ${id}.\n`);
    return "done";
  },
});

export const commands = [getDeviceUpdateImport, resumeDeviceUpdateImport, stopDeviceUpdateImport];
