import { answerApi } from "#access/auth/server/answer-api";
import { openLiveStream } from "#phones/statistics/server/open-live-stream";

export function GET(request: Request): Promise<Response> {
  return answerApi(request, (context) =>
    Promise.resolve(
      new Response(openLiveStream(context, { signal: request.signal }), {
        headers: {
          "content-type": "text/event-stream; charset=utf-8",
          "cache-control": "no-store, no-transform",
          // For nginx, which would otherwise collect the events.
          "x-accel-buffering": "no",
        },
      }),
    ),
  );
}
