import { answerApi } from "#access/auth/server/answer-api";
import { readQuery } from "#foundation/platform/http/read-json";
import { rollOutQuery } from "#phones/roll-outs/roll-out-query";
import { toRollOutRecord } from "#phones/roll-outs/roll-out-record";
import { listRollOuts } from "#phones/roll-outs/server/list-roll-outs";

export function GET(request: Request): Promise<Response> {
  return answerApi(request, async (context) => {
    const { size, rule: ruleId, ...search } = readQuery(request, rollOutQuery);
    const { rollOuts, total, page } = await listRollOuts(context, { ...search, ruleId }, { size });
    return Response.json({ rollOuts: rollOuts.map(toRollOutRecord), total, page, size });
  });
}
