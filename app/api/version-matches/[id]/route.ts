import { answerApi } from "#access/auth/server/answer-api";
import { AppError } from "#foundation/core/errors";
import { revokeVersionMatch } from "#firmware/rules/server/revoke-version-match";
import { revokeVersionMatchInput } from "#firmware/rules/version-match-schema";

type VersionMatchRoute = { readonly params: Promise<{ readonly id: string }> };

export function DELETE(request: Request, { params }: VersionMatchRoute): Promise<Response> {
  return answerApi(request, async (context) => {
    const input = revokeVersionMatchInput.safeParse({ versionMatchId: (await params).id });
    if (!input.success) {
      throw new AppError("not_found", "These versions are not declared to be the same.");
    }
    await revokeVersionMatch(context, input.data);
    return new Response(null, { status: 204 });
  });
}
