import { z } from "zod";
import { formatBytes } from "#foundation/i18n/format-bytes";
import type { BackupReport } from "#programs/backup/model";
import { createBackup } from "#programs/backup/server/create-backup";
import { restoreBackup } from "#programs/backup/server/restore-backup";
import { describeBackupFile, openBackupFile, writeBackupFile } from "#programs/cli/backup-file";
import { defineCommand } from "#programs/cli/command";
import type { Outcome } from "#programs/cli/outcome";
import { countOf } from "#programs/cli/output/count-of";
import type { Terminal } from "#programs/cli/terminal";

const backup = defineCommand({
  name: "backup",
  cmdlet: null,
  summary: "write everything of the service to one file, while it runs",
  notes: `One tar archive: all rows as of one moment, the firmware, the logs of phones and the uploads of
unfinished imports, with digests. "-" writes to standard output. Files that cannot be read are named and left
out (exit code 8). --with-secrets adds the key of the sessions, so that people stay signed in after a restore:
keep such a file as safe as the server.`,
  examples: [
    "backup /var/backups/ucupdates.tar",
    "backup - --with-secrets | zstd > ucupdates.tar.zst",
  ],
  needsDatabase: true,
  configure: (command) => {
    command
      .argument("<file>", "the file to write, or - for standard output")
      .option("--with-secrets", "include the secrets of the data directory");
  },
  input: z.strictObject({
    args: z.tuple([z.string().min(1)]),
    withSecrets: z.boolean().default(false),
  }),
  run: async ({ terminal, context }, { args: [name], withSecrets }) => {
    const report = await writeBackupFile({ name, stop: terminal.stop }, (target) =>
      createBackup(context(), { target, targetName: describeBackupFile(name), withSecrets }),
    );
    return tell(terminal, report, "Backed up");
  },
});

const restore = defineCommand({
  name: "restore",
  cmdlet: null,
  summary: "restore a backup into an empty database",
  notes: `Restores into the built-in PostgreSQL of DATA_DIRECTORY or into DATABASE_URL, so it also moves a service
from one to the other. Stop the service first. The backup may come from this release or an earlier one.
A damaged backup is refused and changes nothing. --replace replaces everything in the database.
"-" reads from standard input.`,
  examples: [
    "restore /var/backups/ucupdates.tar",
    "restore ucupdates.tar --replace",
    "restore - < ucupdates.tar",
  ],
  needsDatabase: "unmigrated",
  configure: (command) => {
    command
      .argument("<file>", "the file to read, or - for standard input")
      .option("--replace", "replace a database that is not empty");
  },
  input: z.strictObject({
    args: z.tuple([z.string().min(1)]),
    replace: z.boolean().default(false),
  }),
  run: async ({ terminal, context }, { args: [name], replace }) => {
    const report = await restoreBackup(context(), {
      source: await openBackupFile(name, terminal.stop),
      sourceName: describeBackupFile(name),
      isReplacing: replace,
    });
    return tell(terminal, report, "Restored");
  },
});

export const commands = [backup, restore];

/** On standard error, because standard output may be the backup. */
function tell(terminal: Terminal, report: BackupReport, done: string): Outcome {
  const { rows, tables, files, sizeBytes, problems } = report;
  terminal.tell(
    `${done} ${countOf(rows, "row")} of ${countOf(tables, "table")} and ${countOf(files, "file")} (${formatBytes(sizeBytes, "en")}).\n`,
  );
  for (const { member, problem } of problems) {
    terminal.tell(`Not in the backup: ${member} (${problem}).\n`);
  }
  return problems.length === 0 ? "done" : "some_failed";
}
