import { answerApi } from "#lib/auth/server/answer-api";
import { readQuery } from "#lib/platform/http/read-json";
import { ruleQuery } from "#lib/rules/rule-query";
import { toRuleRecord } from "#lib/rules/rule-record";
import { listRules } from "#lib/rules/server/list-rules";

export function GET(request: Request): Promise<Response> {
  return answerApi(request, async (context) => {
    const { view, ...search } = readQuery(request, ruleQuery);
    const { rules, total, page } = await listRules(context, { view, search });
    return Response.json({ rules: rules.map(toRuleRecord), total, page, size: search.size });
  });
}
