import { answerApi } from "#access/auth/server/answer-api";
import { readQuery } from "#foundation/platform/http/read-json";
import { findStatistics } from "#phones/statistics/server/find-statistics";
import { statisticsQuery } from "#phones/statistics/statistics-query";

export function GET(request: Request): Promise<Response> {
  return answerApi(request, async (context) =>
    Response.json(await findStatistics(context, readQuery(request, statisticsQuery))),
  );
}
