import { answerApi } from "#access/auth/server/answer-api";
import { messageQuery } from "#access/notifications/schema";
import { listMessages } from "#access/notifications/server/list-messages";
import { readQuery } from "#foundation/platform/http/read-json";

export function GET(request: Request): Promise<Response> {
  return answerApi(request, async (context) => {
    const notifications = await listMessages(context, readQuery(request, messageQuery));
    return Response.json({ notifications });
  });
}
