import type { AnsweredCheck } from "#lib/check/server/answer-check";
import { isCapturing } from "#lib/captures/server/capturer";
import type { DeviceContext } from "#lib/device-api/device-env";

/** What a handler has learnt of a request, for a capture of it; nothing is kept while nothing is captured. */
export type NotedExchange = {
  body: string | Uint8Array | null;
  check: AnsweredCheck | null;
};

const noted = new WeakMap<DeviceContext, NotedExchange>();

export function noteBody(c: DeviceContext, body: string | Uint8Array): void {
  if (isCapturing()) {
    noted.set(c, { body, check: null });
  }
}

export function noteCheck(c: DeviceContext, check: AnsweredCheck): void {
  const exchange = noted.get(c);
  if (exchange !== undefined) {
    exchange.check = check;
  }
}

export function notedExchange(c: DeviceContext): Readonly<NotedExchange> {
  return noted.get(c) ?? { body: null, check: null };
}
