import { answerApi } from "#access/auth/server/answer-api";
import { replayMessage } from "#access/notifications/server/replay-message";
import { readPathId } from "#foundation/platform/http/read-path-id";

type MessageRoute = { readonly params: Promise<{ readonly id: string }> };

export function POST(request: Request, { params }: MessageRoute): Promise<Response> {
  return answerApi(request, async (context) => {
    const messageId = await readPathId(params, "There is no such message.");
    await replayMessage(context, { messageId });
    return new Response(null, { status: 202 });
  });
}
