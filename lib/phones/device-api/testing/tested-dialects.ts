import { aCheckBody } from "#phones/check/testing/check-body";
import { FILES_ROOTS } from "#phones/check/answer";
import type { ExactElement } from "#formats/xml/exact-xml";
import { readExactXml } from "#formats/xml/exact-xml";
import { escapeXml } from "#formats/xml/escape-xml";
import type { Dialect, Side } from "#fleet/devices/model";
import { CHECK_PATHS } from "#formats/protocol/json";
import { checkAnswer } from "#formats/protocol/json-answer";
import { LYNC_FILES_ROOTS } from "#formats/protocol/lync-files";
import { LYNC_HANDLER_PATHS } from "#formats/protocol/lync-xml";

/** The properties of a phone that differ between tests. */
export type TestedPhone = {
  readonly brand: string;
  readonly model: string;
  readonly macAddress: string;
  readonly serialNumber: string;
  readonly version: string;
};

/** How a test uses a dialect, so that one test covers both dialects. */
export type TestedDialect = {
  readonly dialect: Dialect;
  readonly paths: Readonly<Record<Side, string>>;
  readonly filesRoots: Readonly<Record<Side, readonly string[]>>;
  readonly contentType: string;
  /** The status for a phone without MAC address and serial number. */
  readonly statusWithoutIdentity: number;
  /** The status for a declared length above the limit of checks. */
  readonly statusOfTooLarge: number;
  readonly unreadable: readonly string[];
  readonly body: (phone: TestedPhone) => string;
  /** Alternative bodies for the same phone that must be accepted too, by the name of the difference. */
  readonly variants: (phone: TestedPhone) => Readonly<Record<string, string>>;
  readonly offeredVersions: (answer: string) => readonly string[];
  readonly internalImageUrl: (answer: string) => string;
};

const USER_NAME = String.raw`CONTOSO\adamb`;

const json: TestedDialect = {
  dialect: "json",
  paths: CHECK_PATHS,
  filesRoots: { internal: [FILES_ROOTS.internal], external: [FILES_ROOTS.external] },
  contentType: "application/json",
  statusWithoutIdentity: 422,
  statusOfTooLarge: 413,
  unreadable: ["", "{", "<a/>"],
  body: (phone) => aCheckBody("json", { ...phone, userName: USER_NAME }),
  variants: ({ brand, model, macAddress, serialNumber, version }) => ({
    "unknown fields": JSON.stringify({
      schema: 1,
      battery: { percent: 80 },
      device: {
        deviceType: "UCPhone",
        vendor: brand,
        model,
        revision: "A",
        locale: "ENU",
        macAddress,
        serialNumber,
        colour: "black",
      },
      user: "CONTOSO\\adamb",
      modules: [{ updateType: "CPE", fileName: "CPE.nbt", version, slots: ["a", null] }],
      extensions: null,
    }),
    "another order of fields": JSON.stringify({
      modules: [{ version, fileName: "CPE.nbt", updateType: "CPE" }],
      user: "CONTOSO\\adamb",
      device: {
        serialNumber,
        macAddress,
        locale: "ENU",
        revision: "A",
        model,
        vendor: brand,
        deviceType: "UCPhone",
      },
      schema: 1,
    }),
  }),
  offeredVersions: (answer) =>
    checkAnswer.parse(JSON.parse(answer)).modules.map(({ version }) => version),
  internalImageUrl: (answer) => {
    const [module] = checkAnswer.parse(JSON.parse(answer)).modules;
    return module?.files.find(({ role }) => role === "image")?.internalUrl ?? "";
  },
};

const lync: TestedDialect = {
  dialect: "lync",
  paths: LYNC_HANDLER_PATHS,
  filesRoots: {
    internal: Object.values(LYNC_FILES_ROOTS).map(({ internal }) => internal),
    external: Object.values(LYNC_FILES_ROOTS).map(({ external }) => external),
  },
  contentType: "text/xml; charset=utf-8",
  statusWithoutIdentity: 200,
  statusOfTooLarge: 415,
  unreadable: ["", "{}", "<a>", '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
  body: lyncBody,
  variants: (phone) => ({
    "attributes instead of elements": `<?xml version="1.0"?>
<UpdateRequest DeviceType="UCPhone" MACAddress="${escapeXml(phone.macAddress)}"
  SerialNumber="${escapeXml(phone.serialNumber)}" Vendor="${escapeXml(phone.brand)}"
  Model="${escapeXml(phone.model)}" Revision="A" Locale="ENU" UserID="CONTOSO\\adamb">
  <Module Filename="CPE.nbt" Version="${escapeXml(phone.version)}"/>
</UpdateRequest>`,
    "a foreign default namespace": lyncBody(phone).replace(
      "<UpdateRequest>",
      '<UpdateRequest xmlns="urn:example:anything">',
    ),
    "foreign prefixes": lyncBody(phone)
      .replaceAll(/<(\/?)(?=[A-Z])/g, "<$1x:")
      .replace("<x:UpdateRequest>", '<x:UpdateRequest xmlns:x="urn:example:anything">'),
    "an unknown root": lyncBody(phone).replaceAll("UpdateRequest", "Anything"),
    "an envelope around it": `<Envelope xmlns="urn:example:soap"><Body>${lyncBody(phone).replace(
      /^<\?.*\?>/,
      "",
    )}</Body></Envelope>`,
  }),
  offeredVersions: (answer) => textsOf(answer, "Version"),
  internalImageUrl: (answer) =>
    `${textsOf(answer, "BaseURL")[0] ?? ""}/${textsOf(answer, "Filename")[0] ?? ""}`,
};

function lyncBody(phone: TestedPhone): string {
  return aCheckBody("lync", { ...phone, userName: USER_NAME });
}

/** All dialects. */
export const TESTED_DIALECTS: readonly TestedDialect[] = [json, lync];

function textsOf(answer: string, name: string): readonly string[] {
  const reading = readExactXml(answer);
  if (reading.kind === "refused") {
    throw new Error(reading.problem);
  }
  return elementsOf(reading.root)
    .filter((element) => element.name === name)
    .map(({ content }) => content.filter((part) => typeof part === "string").join(""));
}

function elementsOf(element: ExactElement): readonly ExactElement[] {
  const inner = element.content.filter((part) => typeof part !== "string");
  return [element, ...inner.flatMap(elementsOf)];
}
