import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Option } from "commander";
import { z } from "zod";
import { collect, defineCommand } from "#programs/cli/command";
import { readDescribeFile } from "#programs/cli/describe-file";
import { parsePoolName } from "#programs/cli/identity";
import { finishImport, printImport } from "#programs/cli/finish-import";
import type { Outcome } from "#programs/cli/outcome";
import type { FailedPreview } from "#programs/cli/output/import-report";
import { printedPreview } from "#programs/cli/output/import-report";
import { progressOf } from "#programs/cli/output/progress";
import { parseInput } from "#foundation/core/parse-input";
import type { Session } from "#programs/cli/session";
import type { Terminal } from "#programs/cli/terminal";
import { typedPath } from "#programs/cli/read-text-file";
import type { ErrorCode } from "#foundation/core/errors";
import { AppError } from "#foundation/core/errors";
import type { StartInput } from "#firmware/imports/schema";
import { startInput } from "#firmware/imports/schema";
import { previewPackage } from "#firmware/imports/server/preview-package";
import { startImport } from "#firmware/imports/server/start-import";

const options = z.strictObject({
  args: z.array(z.string()).max(1),
  pool: z.array(z.string()).default([]),
  identity: z.array(z.string()).default([]),
  allPools: z.boolean().default(false),
  fileName: z.string().optional(),
  describe: z.string().optional(),
  acceptMismatch: z.string().optional(),
  notes: z.string().default(""),
  whatIf: z.boolean().default(false),
  json: z.boolean().default(false),
});
type ImportOptions = z.output<typeof options>;

const importDeviceUpdate = defineCommand({
  name: "import-device-update",
  cmdlet: "Import-CsDeviceUpdate",
  summary: "import a package; its updates become pending in the chosen pools",
  notes: `Test devices are offered the new versions at once, other phones after approval. Importing the same
package again changes nothing. Exit codes: 9 if the package cannot be imported, 10 if it does not say
what its images are for, 11 if an image cannot be verified with its security catalog.`,
  examples: [
    "import-device-update --pool pool01.contoso.com UCUpdates.cab",
    "import-device-update --all-pools UCUpdates.cab --what-if",
    "import-device-update --identity service:WebServer:pool01.contoso.com --file-name UCUpdates.cab",
    'import-device-update --all-pools firmware.cab --describe details.json --notes "ticket 4711"',
  ],
  needsDatabase: true,
  configure: (command) => {
    command
      .argument("[file]", "the cabinet, or the self-extracting program that contains it")
      .option("--pool <pool>", "the pool to import into; may be repeated", collect)
      .addOption(
        new Option("--all-pools", "import into every pool").conflicts(["pool", "identity"]),
      )
      .option(
        "--identity <identity>",
        "the pool as service:WebServer:<pool>, as in the cmdlet",
        collect,
      )
      .option("--file-name <path>", "the file, as in the cmdlet")
      .option(
        "--describe <file>",
        "JSON that says what the images are for, if the package does not",
      )
      .option(
        "--accept-mismatch <why>",
        "import images that cannot be verified with their security catalog",
      )
      .option("--notes <text>", "a note that is stored with the import")
      .option("--what-if", "say what would change, and change nothing")
      .option("--json", "print the report as JSON");
  },
  input: options,
  run: async (session, input) => {
    const path = chooseFile(input);
    const described = input.describe === undefined ? {} : await readDescribeFile(input.describe);
    const parsed = parseInput(startInput, {
      fileName: path,
      pools: choosePools(input),
      notes: input.notes,
      mismatchReason: input.acceptMismatch ?? null,
      ...described,
    });
    const request = { path, sizeBytes: await requireFile(path), parsed };
    return input.whatIf ? preview(session, request, input) : start(session, request, input);
  },
});

export const commands = [importDeviceUpdate];

type ImportRequest = {
  readonly path: string;
  readonly sizeBytes: number;
  readonly parsed: StartInput;
};

async function start(
  session: Session,
  { path, sizeBytes, parsed }: ImportRequest,
  { json }: Pick<ImportOptions, "json">,
): Promise<Outcome> {
  const body = readWith(session.terminal, path, sizeBytes);
  const job = await startImport(session.context(), { ...parsed, body, announcedBytes: sizeBytes });
  return finishImport(session, job.id, json);
}

async function preview(
  session: Session,
  { path, sizeBytes, parsed }: ImportRequest,
  { json }: Pick<ImportOptions, "json">,
): Promise<Outcome> {
  const found = await previewPackage(session.context(), {
    ...parsed,
    body: readWith(session.terminal, path, sizeBytes),
    signal: session.terminal.stop,
  }).catch(toFailedPreview);
  return printImport(session, printedPreview(found, parsed.fileName), json);
}

/** An error that would fail the import also fails its preview, with the same exit code. */
function toFailedPreview(error: unknown): FailedPreview {
  if (error instanceof AppError && PACKAGE_FAULTS.has(error.code)) {
    return { state: "failed", error: error.message };
  }
  throw error;
}

const PACKAGE_FAULTS: ReadonlySet<ErrorCode> = new Set(["unsupported_cabinet", "conflict"]);

/** Reads the file with its progress shown. Throws when the command is asked to stop: nothing is queued then. */
async function* readWith(
  terminal: Terminal,
  path: string,
  sizeBytes: number,
): AsyncGenerator<Uint8Array> {
  const progress = progressOf(terminal, "Copying");
  let done = 0;
  progress.update(done, sizeBytes);
  try {
    for await (const chunk of createReadStream(typedPath(path), {
      highWaterMark: 1024 * 1024,
      signal: terminal.stop,
    })) {
      if (!(chunk instanceof Uint8Array)) {
        throw new TypeError("A stream without an encoding yields bytes.");
      }
      done += chunk.length;
      progress.update(done, sizeBytes);
      yield chunk;
    }
  } finally {
    progress.finish();
  }
}

function chooseFile({ args, fileName }: Pick<ImportOptions, "args" | "fileName">): string {
  const [file] = args;
  const chosen = file ?? fileName;
  if (chosen === undefined || (file !== undefined && fileName !== undefined)) {
    throw new AppError("invalid_input", "Name one file, as the last argument or with --file-name.");
  }
  return chosen;
}

function choosePools({ pool, identity, allPools }: ImportOptions): StartInput["pools"] {
  const fqdns = [...pool, ...identity].map(parsePoolName);
  if (!allPools && fqdns.length === 0) {
    throw new AppError("invalid_input", "Name the pools with --pool, or give --all-pools.");
  }
  return allPools ? { all: true } : { fqdns };
}

/** Returns the size of the file. Throws if it is missing or is not a file. */
async function requireFile(path: string): Promise<number> {
  const found = await stat(typedPath(path)).catch(() => null);
  if (found === null) {
    throw new AppError("invalid_input", `There is no file ${path}.`);
  }
  if (!found.isFile()) {
    throw new AppError("invalid_input", `${path} is not a file.`);
  }
  return found.size;
}
