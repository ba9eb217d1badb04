import { z } from "zod";
import { defineCommand } from "#programs/cli/command";
import { AppError } from "#foundation/core/errors";
import { EXPORT_FORMATS } from "#phones/check-log/export-lines";
import { EXPORT_LISTS } from "#phones/exports/model";
import { exportList as exportListOf } from "#phones/exports/server/export-list";

const exportList = defineCommand({
  name: "export-list",
  cmdlet: null,
  summary: "print a whole list as CSV or JSON, as it is at one moment",
  notes: `Lists: ${EXPORT_LISTS.join(", ")}. The rows are streamed, so that any number of them needs little memory. --query takes the parameters of GET /api/exports/<list>.`,
  examples: [
    "export-list devices > phones.csv",
    'export-list devices --query "state=update_due&model=CX600" > due.csv',
    "export-list audit --format json > audit.json",
  ],
  needsDatabase: true,
  configure: (command) => {
    command
      .argument("<list>", `one of ${EXPORT_LISTS.join(", ")}`)
      .option("--format <format>", EXPORT_FORMATS.join(" or "))
      .option("--query <query>", "filters and order, as in a URL");
  },
  input: z.strictObject({
    args: z.tuple([z.enum(EXPORT_LISTS, `One of ${EXPORT_LISTS.join(", ")}.`)]),
    format: z.enum(EXPORT_FORMATS, `One of ${EXPORT_FORMATS.join(", ")}.`).default("csv"),
    query: z.string().default(""),
  }),
  run: async ({ terminal, context }, { args: [list], format, query }) => {
    const rows = await exportListOf(context(), { list, format, query: readQueryText(query) });
    const decoder = new TextDecoder();
    for await (const chunk of rows) {
      // A part of the list must not look like all of it.
      terminal.stop.throwIfAborted();
      terminal.write(decoder.decode(chunk, { stream: true }));
      // Otherwise a slow reader would leave all of it in memory.
      await terminal.flush();
    }
    return "done";
  },
});

/** Throws `invalid_input` for a name that is given twice, because one of its values would be lost. */
function readQueryText(text: string): Readonly<Record<string, string>> {
  const params = new URLSearchParams(text);
  const repeated = [...params.keys()].find((name) => params.getAll(name).length > 1);
  if (repeated !== undefined) {
    throw new AppError("invalid_input", `--query has ${repeated} more than once.`);
  }
  return Object.fromEntries(params);
}

export const commands = [exportList];
