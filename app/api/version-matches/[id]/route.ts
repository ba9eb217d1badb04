import { answerApi } from "#access/auth/server/answer-api";
import { readPathId } from "#foundation/platform/http/read-path-id";
import { revokeVersionMatch } from "#firmware/rules/server/revoke-version-match";

type VersionMatchRoute = { readonly params: Promise<{ readonly id: string }> };

export function DELETE(request: Request, { params }: VersionMatchRoute): Promise<Response> {
  return answerApi(request, async (context) => {
    const versionMatchId = await readPathId(
      params,
      "These versions are not declared to be the same.",
    );
    await revokeVersionMatch(context, { versionMatchId });
    return new Response(null, { status: 204 });
  });
}
