import type { DescribeFile } from "#programs/cli/describe-file";
import { followImport, requireImport } from "#programs/cli/follow-import";
import type { Outcome } from "#programs/cli/outcome";
import { importQuestionText } from "#programs/cli/output/import-questions";
import type { PrintedImport } from "#programs/cli/output/import-report";
import { importReportText, printedImport } from "#programs/cli/output/import-report";
import { formatJson } from "#programs/cli/output/format";
import { parseInput } from "#foundation/core/parse-input";
import type { Session } from "#programs/cli/session";
import type { ImportJob, ImportState } from "#firmware/imports/model";
import { describeInput } from "#firmware/imports/schema";
import { describeImport } from "#firmware/imports/server/describe-import";

const OUTCOMES = {
  queued: "interrupted",
  unpacking: "interrupted",
  applying: "interrupted",
  needs_details: "needs_details",
  needs_confirmation: "needs_confirmation",
  succeeded: "done",
  failed: "import_failed",
  cancelled: "import_failed",
} as const satisfies Record<ImportState, Outcome>;

export type FollowedImport = {
  readonly importId: string;
  /** What the images are for, if the import asks for it. */
  readonly described: DescribeFile | null;
  readonly json: boolean;
};

/** Answers the questions of the import as far as the options allow, and prints its result. */
export async function finishImport(
  session: Session,
  followed: ImportJob | null,
  { importId, described, json }: FollowedImport,
): Promise<Outcome> {
  let job = followed;
  if (job?.state === "needs_details" && described !== null) {
    await describeImport(session.context(), parseInput(describeInput, { importId, ...described }));
    job = await followImport(session, importId);
  }
  return printImport(session, printedImport(job ?? (await requireImport(session, importId))), json);
}

export function printImport(
  { terminal }: Pick<Session, "terminal">,
  printed: PrintedImport,
  json: boolean,
): Outcome {
  terminal.write(json ? formatJson(printed) : importReportText(printed));
  terminal.tell(importQuestionText(printed));
  return OUTCOMES[printed.state];
}
