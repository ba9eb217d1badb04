import "server-only";
import { createHash } from "node:crypto";
import { escapeXml } from "#lib/core/escape-xml";
import type { ServerAsking } from "#lib/discovery/ask-server";
import { askServer } from "#lib/discovery/ask-server";
import type { Finding } from "#lib/discovery/finding";
import { finding } from "#lib/discovery/finding";
import type { SeenDownload } from "#lib/discovery/judge-download";
import { judgeCheck, judgeDownload, readBaseUrl } from "#lib/discovery/judge-download";
import type { ReadinessPool, ReadinessSample, SampleFile } from "#lib/discovery/model";
import { LYNC_HANDLER_PATHS } from "#lib/protocol/lync-xml";

/** Above this only the beginning of a file is fetched, as a sign of life. */
const LARGEST_WHOLE_BYTES = 64 * 1024 * 1024;
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

/**
 * Asks a pool for an update as a phone with the oldest firmware would, and downloads what it is offered. It gives neither a
 * MAC address nor a serial number, which Lync's dialect allows, so that it never shows up among the devices.
 */
export async function tryUpdate(
  { fqdn, internalBaseUrl, sample }: ReadinessPool,
  asking: ServerAsking,
): Promise<readonly Finding[]> {
  const answer = await askServer(
    {
      url: `${internalBaseUrl}${LYNC_HANDLER_PATHS.internal}?pool=${encodeURIComponent(fqdn)}`,
      method: "POST",
      headers: { "content-type": "text/xml; charset=utf-8" },
      body: toBody(sample ?? NO_PHONE),
    },
    asking,
  );
  const baseUrl = readBaseUrl(answer);
  if (sample === null || baseUrl === null) {
    const nothing = sample === null ? [finding("nothing_to_try", fqdn)] : [];
    return [...judgeCheck(answer, sample !== null), ...nothing];
  }
  const downloads = await Promise.all(
    sample.files.map((file) =>
      download(`${baseUrl}/${encodeURIComponent(file.fileName)}`, file, asking),
    ),
  );
  return downloads.flatMap(judgeDownload);
}

async function download(
  url: string,
  file: SampleFile,
  asking: ServerAsking,
): Promise<SeenDownload> {
  const isWhole = file.sizeBytes <= LARGEST_WHOLE_BYTES;
  const headers = isWhole ? {} : { range: `bytes=0-${BEGINNING_BYTES - 1}` };
  const answer = await askServer({ url, headers }, asking);
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
  <Vendor>${escapeXml(brand)}</Vendor>
  <Model>${escapeXml(model)}</Model>
  <Revision>${escapeXml(revision)}</Revision>
  <Locale>${escapeXml(locale)}</Locale>
</UpdateRequest>
`;
}
