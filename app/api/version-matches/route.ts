import { answerApi } from "#access/auth/server/answer-api";
import { readJson } from "#foundation/platform/http/read-json";
import { createVersionMatch } from "#firmware/rules/server/create-version-match";
import { listVersionMatches } from "#firmware/rules/server/list-version-matches";
import { toVersionMatchRecord } from "#firmware/rules/version-match";
import { createVersionMatchInput } from "#firmware/rules/version-match-schema";

export function GET(request: Request): Promise<Response> {
  return answerApi(request, async (context) => {
    const matches = await listVersionMatches(context);
    return Response.json({ versionMatches: matches.map(toVersionMatchRecord) });
  });
}

export function POST(request: Request): Promise<Response> {
  return answerApi(request, async (context) => {
    const input = await readJson(request, createVersionMatchInput);
    const match = await createVersionMatch(context, input);
    return Response.json(toVersionMatchRecord(match), { status: 201 });
  });
}
