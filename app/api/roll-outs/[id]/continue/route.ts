import { answerApi } from "#access/auth/server/answer-api";
import { readJson } from "#foundation/platform/http/read-json";
import { readPathId } from "#foundation/platform/http/read-path-id";
import { toRollOutRecord } from "#phones/roll-outs/roll-out-record";
import { continueRollOutInput } from "#phones/roll-outs/schema";
import { continueRollOut } from "#phones/roll-outs/server/continue-roll-out";
import { findRollOut } from "#phones/roll-outs/server/find-roll-out";

type ContinueRoute = { readonly params: Promise<{ readonly id: string }> };

const body = continueRollOutInput.omit({ rollOutId: true });

export function POST(request: Request, { params }: ContinueRoute): Promise<Response> {
  return answerApi(request, async (context) => {
    const { reason } = await readJson(request, body);
    const rollOutId = await readPathId(params, "There is no such roll-out.");
    await continueRollOut(context, { rollOutId, reason });
    const details = await findRollOut(context, rollOutId);
    return details === null
      ? new Response(null, { status: 204 })
      : Response.json(toRollOutRecord(details.rollOut));
  });
}
