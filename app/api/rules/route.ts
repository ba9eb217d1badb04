import { answerApi } from "#access/auth/server/answer-api";
import { answerExport, wantedExport } from "#phones/exports/server/answer-export";
import { readQuery } from "#foundation/platform/http/read-json";
import { ruleQuery } from "#firmware/rules/rule-query";
import { toRuleRecord } from "#firmware/rules/rule-record";
import { listRules } from "#firmware/rules/server/list-rules";

export function GET(request: Request): Promise<Response> {
  return answerApi(request, async (context) => {
    const format = wantedExport(request);
    if (format !== null) {
      return answerExport(context, request, { list: "rules", format });
    }
    const { view, ...search } = readQuery(request, ruleQuery);
    const { rules, total, page } = await listRules(context, { view, search });
    return Response.json({ rules: rules.map(toRuleRecord), total, page, size: search.size });
  });
}
