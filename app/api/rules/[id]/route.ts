import { answerApi } from "#access/auth/server/answer-api";
import { AppError } from "#foundation/core/errors";
import { toRuleRecord } from "#firmware/rules/rule-record";
import { findRuleDetails } from "#firmware/rules/server/find-rule";

type RuleRoute = { readonly params: Promise<{ readonly id: string }> };

export function GET(request: Request, { params }: RuleRoute): Promise<Response> {
  return answerApi(request, async (context) => {
    const details = await findRuleDetails(context, (await params).id);
    if (details === null) {
      throw new AppError("not_found", "There is no such rule.");
    }
    const { rule, releases, events, rejections } = details;
    // The details have the rejections of all versions, also those that have ended.
    return Response.json({ ...toRuleRecord(rule), releases, events, rejections });
  });
}
