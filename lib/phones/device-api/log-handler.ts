import "server-only";
import { IncomingMessage } from "node:http";
import type { CheckPool } from "#phones/check/model";
import type { RuleTable } from "#phones/check/rule-table";
import { findPoolByHost } from "#phones/check/rule-table";
import { currentRuleTable } from "#phones/check/server/rule-table-loader";
import { escapeXml } from "#formats/xml/escape-xml";
import { hostKey } from "#foundation/core/host-name";
import { requestedPool } from "#phones/device-api/device-env";
import type { DeviceCaller, DeviceContext } from "#phones/device-api/device-env";
import { noteLogFields } from "#phones/device-api/noted-exchange";
import type { Dialect } from "#fleet/devices/model";
import type { AcceptedLog } from "#phones/device-logs/server/accept-device-log";
import { acceptDeviceLog } from "#phones/device-logs/server/accept-device-log";
import type { LogUpload } from "#phones/device-logs/server/receive-log";
import { env } from "#foundation/platform/env";
import { announcedBytes, bodyOf } from "#foundation/platform/http/request-body";
import { extendRequestTimeout } from "#foundation/platform/http/longer-requests";

type Acknowledge = (accepted: AcceptedLog) => Response;

/** The format of the original's acknowledgement is unknown. An element without content is the minimum. */
const ACKNOWLEDGEMENTS = {
  json: ({ id }) =>
    Response.json({ id }, { status: 201, headers: { "cache-control": "no-store" } }),
  lync: ({ fileName }) =>
    new Response(
      `<?xml version="1.0" encoding="utf-8"?>\n<Response Log="${escapeXml(fileName)}"/>`,
      {
        status: 200,
        headers: { "content-type": "text/xml; charset=utf-8", "cache-control": "no-store" },
      },
    ),
} as const satisfies Record<Dialect, Acknowledge>;

/** Accepts a log in any form, and acknowledges it in the endpoint's dialect. */
export function logHandler(dialect: Dialect): (
  c: DeviceContext,
  caller: DeviceCaller,
  /** Given if the body has already been read. */
  body?: AsyncIterable<Uint8Array>,
) => Promise<Response> {
  const acknowledge: Acknowledge = ACKNOWLEDGEMENTS[dialect];
  return async (c, caller, body = bodyOf(c.req.raw)) => {
    // The sender is admitted, so the upload may take longer than the listener's default timeout.
    if (c.env.incoming instanceof IncomingMessage) {
      extendRequestTimeout(c.env.incoming, env().LOG_UPLOAD_TIMEOUT_SECONDS);
    }
    const context = { ...caller, now: new Date(), ...placeOf(c, caller.address) };
    const upload = toUpload(c, body);
    noteLogFields(c, upload.fields);
    return acknowledge(await acceptDeviceLog(context, upload));
  };
}

/**
 * Whether a request to the path that accepts both checks and logs is a log, judged by its head. The media type that
 * phones send with a check is unknown, so a media type alone does not mean a log.
 */
export function isLogUpload(c: DeviceContext): boolean {
  return (
    saysLog(c.req.header("content-type"), c.req.header("content-disposition")) ||
    c.req.query("file") !== undefined ||
    c.req.query("type") !== undefined
  );
}

/** Whether the headers mark a log upload, for a request without a query. */
export function saysLog(
  contentType: string | undefined,
  contentDisposition: string | undefined,
): boolean {
  return contentDisposition !== undefined || /^multipart\/form-data\b/i.test(contentType ?? "");
}

function toUpload(c: DeviceContext, body: AsyncIterable<Uint8Array>): LogUpload {
  return {
    contentType: c.req.header("content-type") ?? "",
    contentDisposition: c.req.header("content-disposition") ?? "",
    query: new URL(c.req.url).searchParams,
    announcedBytes: announcedBytes(c.req.raw),
    body,
    fields: new Map(),
  };
}

/**
 * A log that names an unknown pool is still accepted. The pool of the host applies, else the default pool. The site is
 * that of the address, else that of the pool.
 */
function placeOf(
  c: DeviceContext,
  address: string,
): {
  readonly poolId: string | null;
  readonly siteId: string | null;
} {
  const rules = currentRuleTable();
  const pool = poolOf(rules, requestedPool(c));
  const siteId = rules.siteOf(address)?.siteId ?? pool?.siteId ?? null;
  return { poolId: pool?.id ?? null, siteId };
}

function poolOf(
  rules: RuleTable,
  { poolFqdn, host }: ReturnType<typeof requestedPool>,
): CheckPool | null {
  const named = poolFqdn === null ? undefined : rules.pools.get(hostKey(poolFqdn));
  return (named ?? findPoolByHost(rules, host))?.pool ?? null;
}
