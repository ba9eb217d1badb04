import { z } from "zod";
import { defineCommand } from "#programs/cli/command";
import { addConfirmOptions, confirmOptions, isConfirmed, mustAsk } from "#programs/cli/confirm";
import type { Field } from "#programs/cli/output/fields";
import { column } from "#programs/cli/output/fields";
import { formatJson, toJsonObject } from "#programs/cli/output/json";
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
  summary: "delete firmware that no rule of any pool refers to any more",
  notes: `Versions that are neither approved nor pending nor to be restored are deleted for good: a rule cannot
be restored to them, and what let go of them cannot be undone. Content is stored once for all pools, so
there is no pool to name.`,
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
      if (!(await isConfirmed(terminal, "Delete these versions for good?"))) {
        return "declined";
      }
    }
    const cleared = await clearFiles(context());
    terminal.write(
      input.json
        ? toReport(cleared, false)
        : `${sum(cleared.releases)} deleted, ${cleared.removedFiles} files removed.\n${list(cleared.releases)}`,
    );
    if (cleared.isPostponed) {
      terminal.tell("An import is being applied just now: run this again to remove the files.\n");
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
  return releases.length === 1 ? "1 version" : `${releases.length} versions`;
}

function list(releases: readonly UnreferencedRelease[]): string {
  return releases.length === 0 ? "" : toTable(releases, RELEASE_FIELDS);
}
