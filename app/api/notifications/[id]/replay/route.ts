import { answerApi } from "#access/auth/server/answer-api";
import { replayMessageInput } from "#access/notifications/schema";
import { replayMessage } from "#access/notifications/server/replay-message";
import { AppError } from "#foundation/core/errors";

type MessageRoute = { readonly params: Promise<{ readonly id: string }> };

export function POST(request: Request, { params }: MessageRoute): Promise<Response> {
  return answerApi(request, async (context) => {
    const input = replayMessageInput.safeParse({ messageId: (await params).id });
    if (!input.success) {
      throw new AppError("not_found", "There is no such message.");
    }
    await replayMessage(context, input.data);
    return new Response(null, { status: 202 });
  });
}
