import { answerApi } from "#access/auth/server/answer-api";
import { AppError } from "#foundation/core/errors";
import { listTestPhones } from "#firmware/rules/server/list-test-phones";

type RuleRoute = { readonly params: Promise<{ readonly id: string }> };

/** The test devices of a rule, and the phones that could become test devices. */
export function GET(request: Request, { params }: RuleRoute): Promise<Response> {
  return answerApi(request, async (context) => {
    const test = await listTestPhones(context, (await params).id);
    if (test === null) {
      throw new AppError("not_found", "There is no such rule.");
    }
    const { siteName, testPhones, otherTestDevices, candidates } = test;
    return Response.json({ siteName, testPhones, otherTestDevices, candidates });
  });
}
