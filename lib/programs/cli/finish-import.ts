import { followImport, requireImport } from "#programs/cli/follow-import";
import type { Outcome } from "#programs/cli/outcome";
import { importQuestionText } from "#programs/cli/output/import-questions";
import type { PrintedImport } from "#programs/cli/output/import-report";
import { importReportText, printedImport } from "#programs/cli/output/import-report";
import { formatJson } from "#programs/cli/output/format";
import type { Session } from "#programs/cli/session";
import type { ImportState } from "#firmware/imports/model";

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

/** Follows an import to its end or its question, and prints its result. */
export async function finishImport(
  session: Session,
  importId: string,
  json: boolean,
): Promise<Outcome> {
  const job = await followImport(session, importId);
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
