import { answerApi } from "#access/auth/server/answer-api";
import { rawRequestFileName, toRawRequest } from "#phones/captures/raw-request";
import { findCapture } from "#phones/captures/server/find-capture";
import { AppError } from "#foundation/core/errors";
import { attachmentNamed } from "#foundation/platform/http/content-disposition";

type RawCaptureRoute = { readonly params: Promise<{ readonly id: string }> };

/** Downloads a captured request. */
export function GET(request: Request, { params }: RawCaptureRoute): Promise<Response> {
  return answerApi(request, async (context) => {
    const { id: captureId } = await params;
    const capture = await findCapture(context, { captureId });
    if (capture === null) {
      throw new AppError("not_found", "This request is not kept, or no longer.");
    }
    return new Response(Uint8Array.from(toRawRequest(capture)), {
      headers: {
        "content-type": "application/octet-stream",
        "content-disposition": attachmentNamed(rawRequestFileName(capture)),
        "cache-control": "private, no-store",
        "x-content-type-options": "nosniff",
      },
    });
  });
}
