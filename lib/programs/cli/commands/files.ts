import { z } from "zod";
import { countOf } from "#programs/cli/output/count-of";
import { defineCommand } from "#programs/cli/command";
import { addConfirmOptions, confirmOptions, isConfirmed, mustAsk } from "#programs/cli/confirm";
import type { Field } from "#programs/cli/output/fields";
import { column } from "#programs/cli/output/fields";
import { formatJson, toJsonObject } from "#programs/cli/output/format";
import { toTable } from "#programs/cli/output/table";
import { clearFiles } from "#firmware/imports/server/clear-files";
import type { UnreferencedRelease } from "#firmware/rules/release";
import { listUnreferencedReleases } from "#firmware/rules/server/clear-releases";

const RELEASE_FIELDS: readonly Field<UnreferencedRelease>[] = [
  column("Image", (release) => release.imageKey),
  column("Version", (release) => release.version),
  column("SizeBytes", (release) => release.sizeBytes),
];

const clearFile = defineCommand({
  name: "clear-device-update-file",
  cmdlet: "Clear-CsDeviceUpdateFile",
  summary: "delete firmware that no rule of any pool uses",
  notes: `Deletes versions that no rule has as approved, pending or restore version. This is permanent: a rule
cannot be restored to them, and a change that dropped them cannot be undone. Files are stored once for all
pools, so there is no option to choose a pool.`,
  examples: ["clear-device-update-file --what-if", "clear-device-update-file --force"],
  needsDatabase: true,
  configure: (command) => {
    addConfirmOptions(command).option("--json", "print the report as JSON");
  },
  input: z.strictObject({
    args: z.array(z.string()).length(0),
    json: z.boolean().default(false),
    ...confirmOptions,
  }),
  run: async ({ terminal, context }, input) => {
    const isAsking = !input.whatIf && mustAsk(input, { canAsk: terminal.canAsk, isRemoval: true });
    const found = await listUnreferencedReleases(context());
    if (input.whatIf) {
      const cleared = { releases: found, removedFiles: 0, isPostponed: false };
      terminal.write(
        input.json ? toReport(cleared, true) : `${sum(found)} would be deleted.\n${list(found)}`,
      );
      return "done";
    }
    if (isAsking && found.length > 0) {
      terminal.tell(list(found));
      if (!(await isConfirmed(terminal, "Delete these versions permanently?"))) {
        return "declined";
      }
    }
    const cleared = await clearFiles(context());
    terminal.write(
      input.json
        ? toReport(cleared, false)
        : `${sum(cleared.releases)} deleted, ${countOf(cleared.removedFiles, "file")} removed.\n${list(cleared.releases)}`,
    );
    if (cleared.isPostponed) {
      terminal.tell(
        "An import is being applied. Run this command again later to remove the files.\n",
      );
    }
    return "done";
  },
});

export const commands = [clearFile];

type Cleared = Awaited<ReturnType<typeof clearFiles>>;

function toReport({ releases, removedFiles, isPostponed }: Cleared, isWhatIf: boolean): string {
  return formatJson({
    isWhatIf,
    releases: releases.map((release) => toJsonObject(release, RELEASE_FIELDS)),
    removedFiles,
    isPostponed,
  });
}

function sum(releases: readonly UnreferencedRelease[]): string {
  return countOf(releases.length, "version");
}

function list(releases: readonly UnreferencedRelease[]): string {
  return releases.length === 0 ? "" : toTable(releases, RELEASE_FIELDS);
}
