import { answerApi } from "#access/auth/server/answer-api";
import { AppError } from "#foundation/core/errors";
import { downloadLog } from "#phones/device-logs/server/read-log";
import { attachmentNamed } from "#foundation/platform/http/content-disposition";

type LogRoute = { readonly params: Promise<{ readonly logId: string }> };

/** Downloads a device log. The browser never displays it, even if the phone sent it as HTML. */
export function GET(request: Request, { params }: LogRoute): Promise<Response> {
  return answerApi(request, async (context) => {
    const found = await downloadLog(context, { logId: (await params).logId });
    if (found === null) {
      throw new AppError("not_found", "This log is no longer kept.");
    }
    const { log, content } = found;
    return new Response(content, {
      headers: {
        "content-type": "application/octet-stream",
        "content-length": String(log.sizeBytes),
        "content-disposition": attachmentNamed(log.fileName),
        "cache-control": "private, no-store",
        "x-content-type-options": "nosniff",
      },
    });
  });
}
