import { answerApi } from "#access/auth/server/answer-api";
import { AppError } from "#foundation/core/errors";
import { parseInput } from "#foundation/core/parse-input";
import { toPhoneJobRecord } from "#phones/phone-jobs/model";
import { phoneJobInput } from "#phones/phone-jobs/schema";
import { cancelPhoneJob } from "#phones/phone-jobs/server/cancel-phone-job";
import { findPhoneJobById } from "#phones/phone-jobs/server/list-phone-jobs";

type PhoneJobRoute = { readonly params: Promise<{ readonly id: string }> };

export function GET(request: Request, { params }: PhoneJobRoute): Promise<Response> {
  return answerApi(request, async (context) => {
    const input = parseInput(phoneJobInput, { jobId: (await params).id });
    const job = await findPhoneJobById(context, input);
    if (job === null) {
      throw new AppError("not_found", "There is no such job.");
    }
    return Response.json(toPhoneJobRecord(job), { headers: { "cache-control": "no-store" } });
  });
}

/** Stops a running job. */
export function DELETE(request: Request, { params }: PhoneJobRoute): Promise<Response> {
  return answerApi(request, async (context) => {
    const input = parseInput(phoneJobInput, { jobId: (await params).id });
    return Response.json(toPhoneJobRecord(await cancelPhoneJob(context, input)));
  });
}
