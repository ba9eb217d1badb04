import { answerApi } from "#access/auth/server/answer-api";
import { readJson } from "#foundation/platform/http/read-json";
import { toPhoneJobRecord } from "#phones/phone-jobs/model";
import { startPhoneJobInput } from "#phones/phone-jobs/schema";
import { startPhoneJob } from "#phones/phone-jobs/server/start-phone-job";

/** Retires all phones that match a search, or restores them from retirement. */
export function POST(request: Request): Promise<Response> {
  return answerApi(request, async (context) => {
    const job = await startPhoneJob(context, await readJson(request, startPhoneJobInput));
    return Response.json(toPhoneJobRecord(job), {
      status: job.state === "running" ? 202 : 200,
      headers: { location: `/api/devices/jobs/${job.id}` },
    });
  });
}
