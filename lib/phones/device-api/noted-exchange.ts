import type { AnsweredCheck } from "#phones/check/server/answer-check";
import type { LogFields } from "#phones/device-logs/log-facts";
import type { DeviceContext } from "#phones/device-api/device-env";

/** What a handler has read from a request so far. Used by captures and by the record of a refusal. */
export type NotedExchange = {
  body: string | Uint8Array | null;
  check: AnsweredCheck | null;
  /** The fields of a log upload, as far as they have been read; null if the request is not a log upload. */
  logFields: LogFields | null;
};

const noted = new WeakMap<DeviceContext, NotedExchange>();

export function noteBody(c: DeviceContext, body: string | Uint8Array): void {
  exchangeOf(c).body = body;
}

export function noteLogFields(c: DeviceContext, fields: LogFields): void {
  exchangeOf(c).logFields = fields;
}

export function noteCheck(c: DeviceContext, check: AnsweredCheck): void {
  exchangeOf(c).check = check;
}

export function notedExchange(c: DeviceContext): Readonly<NotedExchange> {
  return exchangeOf(c);
}

function exchangeOf(c: DeviceContext): NotedExchange {
  let exchange = noted.get(c);
  if (exchange === undefined) {
    exchange = { body: null, check: null, logFields: null };
    noted.set(c, exchange);
  }
  return exchange;
}
