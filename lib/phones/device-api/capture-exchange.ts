import "server-only";
import { Buffer } from "node:buffer";
import { setTimeout as delay } from "node:timers/promises";
import { decideReason } from "#phones/captures/decide-reason";
import { offerCapture, shouldCapture } from "#phones/captures/server/capturer";
import type { CapturedHeader } from "#phones/captures/model";
import type { DeviceContext } from "#phones/device-api/device-env";
import { notedExchange } from "#phones/device-api/noted-exchange";
import { sourceAddress } from "#phones/device-api/source-address";
import { deviceKey } from "#fleet/devices/device-key";
import type { Dialect, Side } from "#fleet/devices/model";
import { readBodyBytes } from "#foundation/platform/http/request-body";

/** Limits for reading the body of a request that was refused before its body was read. */
const UNREAD_BODY_MS = 1_000;
const MAX_UNREAD_BYTES = 64 * 1024;

/**
 * Captures a request if captures of its kind are switched on. Never throws, and waits only for a body that is still
 * unread.
 */
export async function captureExchange(
  c: DeviceContext,
  { side, dialect }: { readonly side: Side; readonly dialect: Dialect },
  status: number,
): Promise<void> {
  const { body, check } = notedExchange(c);
  const reason = decideReason({ status, check: check?.check ?? null });
  if (!shouldCapture(reason)) {
    return;
  }
  const content = body ?? (await readUnread(c));
  const request = check?.request ?? null;
  offerCapture({
    at: new Date(),
    reason,
    side,
    dialect,
    address: sourceAddress(c),
    method: c.req.method,
    target: targetOf(c.req.url),
    headers: headersOf(c),
    body: typeof content === "string" ? Buffer.from(content) : content,
    status,
    deviceKey: request === null ? null : deviceKey({ ...request, brand: request.hardware.brand }),
  });
}

function targetOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}

/** In the phone's spelling and order, if the server provides the raw headers. */
function headersOf(c: DeviceContext): readonly CapturedHeader[] {
  const raw = c.env.incoming?.rawHeaders;
  return raw === undefined
    ? [...c.req.raw.headers]
    : raw.flatMap((name, index): readonly CapturedHeader[] =>
        index % 2 === 0 ? [[name, raw[index + 1] ?? ""]] : [],
      );
}

async function readUnread(c: DeviceContext): Promise<Uint8Array> {
  const nothing = new Uint8Array();
  if (c.req.method !== "POST" || c.req.raw.bodyUsed) {
    return nothing;
  }
  const read = readBodyBytes(c.req.raw, MAX_UNREAD_BYTES).catch(() => nothing);
  return Promise.race([read, delay(UNREAD_BODY_MS, nothing, { ref: false })]);
}
