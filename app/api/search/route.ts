import { answerApi } from "#access/auth/server/answer-api";
import { readQuery } from "#foundation/platform/http/read-json";
import { searchQuery } from "#phones/search/search-query";
import { searchEverything } from "#phones/search/server/search-everything";

export function GET(request: Request): Promise<Response> {
  return answerApi(request, async (context) =>
    Response.json(await searchEverything(context, readQuery(request, searchQuery))),
  );
}
