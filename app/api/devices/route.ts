import { answerApi } from "#lib/auth/server/answer-api";
import { deviceQuery } from "#lib/devices/device-query";
import { toDeviceRecord } from "#lib/devices/device-record";
import { listDevices } from "#lib/devices/server/list-devices";
import { readQuery } from "#lib/platform/http/read-json";

export function GET(request: Request): Promise<Response> {
  return answerApi(request, async (context) => {
    const { size, ...search } = readQuery(request, deviceQuery);
    const { devices, total, page } = await listDevices(context, search, size);
    return Response.json({ devices: devices.map(toDeviceRecord), total, page, size });
  });
}
