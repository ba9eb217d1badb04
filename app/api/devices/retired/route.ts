import { answerApi } from "#access/auth/server/answer-api";
import { retiredQuery } from "#fleet/devices/retired-query";
import { toRetiredRecord } from "#fleet/devices/retired-record";
import { listRetiredPhones } from "#fleet/devices/server/list-retired-phones";
import { readQuery } from "#foundation/platform/http/read-json";

export function GET(request: Request): Promise<Response> {
  return answerApi(request, async (context) => {
    const { size, ...search } = readQuery(request, retiredQuery);
    const { devices, total, page } = await listRetiredPhones(context, search, { size });
    return Response.json({ devices: devices.map(toRetiredRecord), total, page, size });
  });
}
