import type { DescribeFile } from "#lib/cli/describe-file";
import { followImport, requireImport } from "#lib/cli/follow-import";
import type { Outcome } from "#lib/cli/outcome";
import { importQuestionText } from "#lib/cli/output/import-questions";
import type { PrintedImport } from "#lib/cli/output/import-report";
import { importReportText, printedImport } from "#lib/cli/output/import-report";
import { formatJson } from "#lib/cli/output/json";
import { parseInput } from "#lib/cli/parse-input";
import type { Session } from "#lib/cli/session";
import type { ImportJob, ImportState } from "#lib/imports/model";
import { describeInput } from "#lib/imports/schema";
import { describeImport } from "#lib/imports/server/describe-import";

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
  /** The answer to the question what the images are for, should it be asked. */
  readonly described: DescribeFile | null;
  readonly json: boolean;
};

/** Answers what can be answered, and prints what the import came to. */
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
