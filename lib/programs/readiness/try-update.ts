import "server-only";
import { createHash } from "node:crypto";
import { escapeXml } from "#formats/xml/escape-xml";
import { PROBE_HEADER, makeProbeMark } from "#phones/check/server/probe-mark";
import type { RequestContext, ServerRequest } from "#programs/readiness/ask-server";
import { askServer } from "#programs/readiness/ask-server";
import type { Finding } from "#programs/readiness/finding";
import { finding } from "#programs/readiness/finding";
import type { SeenDownload } from "#programs/readiness/judge-download";
import { judgeCheck, judgeDownload, readBaseUrl } from "#programs/readiness/judge-download";
import { originOf } from "#programs/readiness/judge-answer";
import type {
  ReadinessCredentials,
  ReadinessPool,
  ReadinessSample,
  SampleFile,
} from "#programs/readiness/model";
import { LYNC_HANDLER_PATHS } from "#formats/protocol/lync-xml";

/** Of a larger file only the beginning is downloaded, to see that it is available. */
const MAX_UPDATE_BYTES = 64 * 1024 * 1024;
const BEGINNING_BYTES = 64 * 1024;
const NO_PHONE: ReadinessSample = {
  hardware: {
    deviceType: "UCPhone",
    brand: "ucupdates",
    model: "readiness",
    revision: "A",
    locale: "ENU",
  },
  files: [],
};

/** Where the update is tried: inside the firewall, or outside with credentials. */
export type Standpoint =
  | { readonly side: "internal" }
  | { readonly side: "external"; readonly credentials: ReadinessCredentials };

export const INSIDE: Standpoint = { side: "internal" };

/**
 * Sends an update check to a pool as a phone with the oldest firmware does, and downloads the offered files. The check
 * has neither MAC address nor serial number, which the Lync dialect allows, so that it never creates a device. The
 * check log shows it as a readiness check.
 */
export async function tryUpdate(
  pool: ReadinessPool,
  standpoint: Standpoint,
  context: RequestContext,
): Promise<readonly Finding[]> {
  const { fqdn, sample } = pool;
  const authorization = toAuthorization(standpoint);
  const answer = await askServer(
    {
      url: `${baseUrlOf(pool, standpoint)}${LYNC_HANDLER_PATHS[standpoint.side]}?pool=${encodeURIComponent(fqdn)}`,
      method: "POST",
      headers: {
        "content-type": "text/xml; charset=utf-8",
        [PROBE_HEADER]: makeProbeMark(Date.now()),
        ...authorization,
      },
      body: toBody(sample ?? NO_PHONE),
    },
    context,
  );
  const filesUrl = readBaseUrl(answer, standpoint.side);
  if (sample === null || filesUrl === null) {
    const nothing = sample === null ? [finding("nothing_to_try", fqdn)] : [];
    return [
      ...judgeCheck(answer, { side: standpoint.side, isUpdateDue: sample !== null }),
      ...nothing,
    ];
  }
  // Sends the password only to the checked server, never to another server that the answer names.
  const isSameServer = originOf(filesUrl) === originOf(answer.url);
  const downloads = await Promise.all(
    sample.files.map((file) =>
      download(
        {
          url: `${filesUrl}/${encodeURIComponent(file.fileName)}`,
          headers: isSameServer ? authorization : {},
        },
        file,
        context,
      ),
    ),
  );
  return downloads.flatMap(judgeDownload);
}

function baseUrlOf(pool: ReadinessPool, { side }: Standpoint): string {
  return side === "internal" ? pool.internalBaseUrl : pool.externalBaseUrl;
}

function toAuthorization(standpoint: Standpoint): Readonly<Record<string, string>> {
  if (standpoint.side === "internal") {
    return {};
  }
  const { userName, password } = standpoint.credentials;
  return { authorization: `Basic ${Buffer.from(`${userName}:${password}`).toString("base64")}` };
}

async function download(
  request: ServerRequest,
  file: SampleFile,
  context: RequestContext,
): Promise<SeenDownload> {
  const isWhole = file.sizeBytes <= MAX_UPDATE_BYTES;
  const range = isWhole ? {} : { range: `bytes=0-${BEGINNING_BYTES - 1}` };
  const answer = await askServer(
    { ...request, headers: { ...request.headers, ...range } },
    context,
  );
  const sha256 =
    isWhole && answer.kind === "answered"
      ? createHash("sha256").update(answer.body).digest("hex")
      : null;
  return { file, answer, sha256 };
}

function toBody({ hardware }: ReadinessSample): string {
  const { deviceType, brand, model, revision, locale } = hardware;
  return `<?xml version="1.0" encoding="utf-8"?>
<UpdateRequest>
  <DeviceType>${escapeXml(deviceType)}</DeviceType>
  <MACAddress></MACAddress>
  <SerialNumber></SerialNumber>
  <UserID>ucupdates readiness</UserID>
  <Vendor>${escapeXml(brand)}</Vendor>
  <Model>${escapeXml(model)}</Model>
  <Revision>${escapeXml(revision)}</Revision>
  <Locale>${escapeXml(locale)}</Locale>
</UpdateRequest>
`;
}
