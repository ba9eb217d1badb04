import { answerApi } from "#access/auth/server/answer-api";
import { AppError } from "#foundation/core/errors";
import {
  toRollOutRecord,
  toSampleRecord,
  toSiteCountsRecord,
} from "#phones/roll-outs/roll-out-record";
import { findRollOut } from "#phones/roll-outs/server/find-roll-out";

type RollOutRoute = { readonly params: Promise<{ readonly id: string }> };

export function GET(request: Request, { params }: RollOutRoute): Promise<Response> {
  return answerApi(request, async (context) => {
    const details = await findRollOut(context, (await params).id);
    if (details === null) {
      throw new AppError("not_found", "There is no such roll-out.");
    }
    const { rollOut, samples, sites, events, companions } = details;
    return Response.json({
      ...toRollOutRecord(rollOut),
      samples: samples.map(toSampleRecord),
      sites: (sites.get(rollOut.id) ?? []).map(toSiteCountsRecord),
      events,
      companions: companions.filter(({ id }) => id !== rollOut.id).map(toRollOutRecord),
    });
  });
}
