import { answerApi } from "#access/auth/server/answer-api";
import { AppError } from "#foundation/core/errors";
import { fileStore } from "#firmware/files/server/file-store";
import { toStream } from "#firmware/files/to-stream";
import { attachmentNamed } from "#foundation/platform/http/content-disposition";
import { findRuleFile } from "#firmware/rules/server/find-rule-file";

type RuleFileRoute = {
  readonly params: Promise<{ readonly id: string; readonly sha256: string }>;
};

/** Downloads a firmware file in the panel. Phones use other paths. */
export function GET(request: Request, { params }: RuleFileRoute): Promise<Response> {
  return answerApi(request, async (context) => {
    const { id, sha256 } = await params;
    const file = await findRuleFile(context, { ruleId: id, sha256 });
    const content = file && (await fileStore().open(file.sha256));
    if (file === null || content === null) {
      throw new AppError("not_found", "This rule has no such file.");
    }
    if (content.kind === "problem") {
      throw new AppError(
        "invalid_state",
        `This file is ${content.problem} on the server. Import its package again.`,
      );
    }
    return new Response(toStream(content.pieces), {
      headers: {
        "content-type": "application/octet-stream",
        "content-length": String(file.sizeBytes),
        "content-disposition": attachmentNamed(file.fileName),
        "cache-control": "private, no-store",
        "x-content-type-options": "nosniff",
      },
    });
  });
}
