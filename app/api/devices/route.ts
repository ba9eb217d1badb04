import { answerApi } from "#access/auth/server/answer-api";
import { deviceQuery } from "#fleet/devices/device-query";
import { toDeviceRecord } from "#fleet/devices/device-record";
import { listDevices } from "#phones/inventory/server/list-devices";
import { readQuery } from "#foundation/platform/http/read-json";

export function GET(request: Request): Promise<Response> {
  return answerApi(request, async (context) => {
    const { size, ...search } = readQuery(request, deviceQuery);
    const { devices, total, page } = await listDevices(context, search, { size });
    return Response.json({ devices: devices.map(toDeviceRecord), total, page, size });
  });
}
