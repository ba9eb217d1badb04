import { escapeXml } from "#formats/xml/escape-xml";
import type { ExactElement } from "#formats/xml/exact-xml";
import { readExactXml } from "#formats/xml/exact-xml";
import { withoutTrailingSlashes } from "#foundation/core/trailing-slashes";
import { LYNC_HANDLER_PATHS } from "#formats/protocol/lync-xml";

/** In-band provisioning, [MS-SIPREGE] 2.2.2.5.1: the document that a phone gets when a user signs in. */

export const PROVISIONING_PATHS = {
  internal: "/api/update/provisioning",
  external: "/api/update/external/provisioning",
} as const;

export const PROVISIONING_CONTENT_TYPE =
  "application/vnd-microsoft-roaming-provisioning-v2+xml; charset=utf-8";

/** The update URLs for the phone of a user. */
export type Provisioning = {
  readonly internalUrl: string;
  readonly externalUrl: string;
  readonly isEnabled: boolean;
};

const NAMESPACE = "http://schemas.microsoft.com/2006/09/sip/provisiongrouplist-notification";
const GROUP = "ServerConfiguration";
const DEFAULT_PORTS: ReadonlyMap<string, string> = new Map([
  ["http:", "80"],
  ["https:", "443"],
]);

/** URL of the request handler below a base URL, with an explicit port as in Microsoft's sample. */
export function toHandlerUrl(baseUrl: string, side: keyof typeof LYNC_HANDLER_PATHS): string {
  const { protocol, hostname, port, pathname } = new URL(baseUrl);
  const explicitPort = port === "" ? (DEFAULT_PORTS.get(protocol) ?? "") : port;
  return `${protocol}//${hostname}:${explicitPort}${withoutTrailingSlashes(pathname)}${LYNC_HANDLER_PATHS[side]}`;
}

export function writeProvisioning({ internalUrl, externalUrl, isEnabled }: Provisioning): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<provisionGroupList xmlns="${NAMESPACE}">
  <provisionGroup name="${GROUP}">
    <updatesServerInternalUrl>${escapeXml(internalUrl)}</updatesServerInternalUrl>
    <updatesServerExternalUrl>${escapeXml(externalUrl)}</updatesServerExternalUrl>
    <updatesServerEnabled>${isEnabled ? "true" : "false"}</updatesServerEnabled>
  </provisionGroup>
</provisionGroupList>
`;
}

/** Reads the update URLs from the document; null when it has none. Ignores other groups. */
export function readProvisioning(text: string): Provisioning | null {
  const reading = readExactXml(text);
  if (reading.kind === "refused" || !isGroupList(reading.root)) {
    return null;
  }
  const group = elementsIn(reading.root).find(
    ({ name, attributes }) =>
      name === "provisionGroup" &&
      attributes.some((attribute) => attribute.name === "name" && attribute.value === GROUP),
  );
  const internalUrl = valueOf(group, "updatesServerInternalUrl");
  const externalUrl = valueOf(group, "updatesServerExternalUrl");
  return isUrl(internalUrl) && isUrl(externalUrl)
    ? { internalUrl, externalUrl, isEnabled: valueOf(group, "updatesServerEnabled") === "true" }
    : null;
}

function isGroupList({ name, attributes }: ExactElement): boolean {
  return (
    name === "provisionGroupList" &&
    attributes.some((attribute) => attribute.name === "xmlns" && attribute.value === NAMESPACE)
  );
}

function elementsIn({ content }: ExactElement): readonly ExactElement[] {
  return content.filter((part) => typeof part !== "string");
}

function valueOf(group: ExactElement | undefined, name: string): string {
  const element = group && elementsIn(group).find((child) => child.name === name);
  const texts = element?.content.filter((part) => typeof part === "string") ?? [];
  return texts.join("").trim();
}

function isUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
