import type { RawCapture } from "#phones/captures/model";

/** A request of an unknown phone. */
export function aRawCapture(overrides: Partial<RawCapture> = {}): RawCapture {
  return {
    at: new Date("2026-11-22T08:00:00.000Z"),
    reason: "unknown_model",
    side: "internal",
    dialect: "lync",
    address: "10.0.0.7",
    method: "POST",
    target: "/RequestHandler/ucdevice.upx",
    headers: [["Host", "pool01.contoso.com"]],
    body: new TextEncoder().encode("<r/>"),
    status: 200,
    deviceKey: null,
    ...overrides,
  };
}
