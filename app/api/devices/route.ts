import { answerApi } from "#access/auth/server/answer-api";
import { deviceQuery } from "#fleet/devices/device-query";
import { toDeviceRecord } from "#fleet/devices/device-record";
import { listDevices } from "#phones/inventory/server/list-devices";
import { answerExport, wantedExport } from "#phones/exports/server/answer-export";
import { readQuery } from "#foundation/platform/http/read-json";

export function GET(request: Request): Promise<Response> {
  return answerApi(request, async (context) => {
    const format = wantedExport(request);
    if (format !== null) {
      return answerExport(context, request, { list: "devices", format });
    }
    const { size, ...search } = readQuery(request, deviceQuery);
    const { devices, total, page } = await listDevices(context, search, { size });
    return Response.json({ devices: devices.map(toDeviceRecord), total, page, size });
  });
}
