import { z } from "zod";
import { escapeXml } from "#formats/xml/escape-xml";
import type { ExactElement } from "#formats/xml/exact-xml";
import { readExactXml } from "#formats/xml/exact-xml";
import { withoutTrailingSlashes } from "#foundation/core/trailing-slashes";
import { updateTypeOfFile } from "#formats/protocol/check-request";
import { LYNC_HANDLER_PATHS } from "#formats/protocol/lync-xml";
import type {
  FileToFetch,
  Partition,
  PhoneIdentity,
  UpdateAnswer,
} from "#programs/simulator/model";
import { DEFAULT_NEXT_CHECK_SECONDS } from "#programs/simulator/phone";
import type { DialectCodec } from "#programs/simulator/dialect-codec";

/** How long Lync phones must be idle before they install; answers in XML do not state it. */
const IDLE_SECONDS = 300;

/**
 * The XML dialect of Lync Phone Edition, partly guessed: the request that the server reads, and the answer that this
 * release writes. The request states no trigger, because no known phone states one.
 */
export const LYNC_DIALECT: DialectCodec = {
  contentType: "text/xml; charset=utf-8",
  accept: "text/xml",
  // A provisioning document names the handler URL; a URL without a path is only the server.
  checkUrl: (side, serverUrl) =>
    serverUrl.pathname === "/"
      ? new URL(LYNC_HANDLER_PATHS[side], serverUrl)
      : new URL(serverUrl.href),
  write: (identity, { running }) => writeRequest(identity, running),
  read: readAnswer,
};

function writeRequest(identity: PhoneIdentity, running: Partition): string {
  const { hardware, macAddress, serialNumber, user } = identity;
  const { deviceType, brand, model, revision, locale } = hardware;
  const modules = running.map(
    ({ fileName, version }) =>
      `    <Module>${element("Filename", fileName)}${element("Version", version)}</Module>`,
  );
  const elements = [
    element("DeviceType", deviceType),
    element("MACAddress", macAddress),
    element("SerialNumber", serialNumber),
    element("Vendor", brand),
    element("Model", model),
    element("Revision", revision),
    element("Locale", locale),
    element("UserID", user),
  ].filter((line) => line !== "");
  return `<?xml version="1.0"?>
<UpdateRequest>
  ${elements.join("\n  ")}
  <Modules>
${modules.join("\n")}
  </Modules>
</UpdateRequest>
`;
}

function element(name: string, value: string | null): string {
  return value === null ? "" : `<${name}>${escapeXml(value)}</${name}>`;
}

const MAX_NAME_CHARS = 255;
const MAX_MODULES = 32;

const name = z.string().min(1).max(MAX_NAME_CHARS);
/** The file name becomes part of a URL, so it must not change the path. */
const fileName = name.regex(/^[^/\\]+$/);
const baseUrl = z.url({ protocol: /^https?$/ }).max(4_096);

const updateResponse = z
  .object({
    root: z.literal("UpdateResponse"),
    downloads: z
      .string()
      .regex(/^\d{1,2}$/)
      .transform(Number),
    modules: z
      .array(
        z.object({
          fileName,
          signatureFileName: fileName.or(z.literal("")),
          version: name,
          internal: baseUrl,
          external: baseUrl,
        }),
      )
      .max(MAX_MODULES),
  })
  // An inconsistent answer is refused, as in the JSON dialect.
  .refine(({ downloads, modules }) => downloads === modules.length);

type AnsweredModule = z.output<typeof updateResponse>["modules"][number];

function readAnswer(text: string): UpdateAnswer | null {
  const reading = readExactXml(text);
  const parsed =
    reading.kind === "read" ? updateResponse.safeParse(toResponse(reading.root)).data : undefined;
  return parsed === undefined
    ? null
    : {
        nextCheckSeconds: DEFAULT_NEXT_CHECK_SECONDS,
        idleSecondsBeforeInstall: IDLE_SECONDS,
        channel: null,
        modules: parsed.modules.map((module) => ({
          updateType: updateTypeOfFile(module.fileName),
          version: module.version,
          files: toFiles(module),
        })),
      };
}

function toResponse(root: ExactElement): unknown {
  return {
    root: root.name,
    downloads: root.attributes.find((attribute) => attribute.name === "downloads")?.value,
    modules: elementsIn(root)
      .filter((child) => child.name === "Module")
      .map((module) => ({
        fileName: textOf(module, "Filename"),
        signatureFileName: textOf(module, "SignatureFilename"),
        version: textOf(module, "Version"),
        internal: textOf(module, "BaseURL"),
        external: textOf(module, "ExternalBaseURL"),
      })),
  };
}

function toFiles(module: AnsweredModule): readonly FileToFetch[] {
  const { signatureFileName } = module;
  const image = toFile(module, "image", module.fileName);
  return signatureFileName === ""
    ? [image]
    : [image, toFile(module, "signature", signatureFileName)];
}

function toFile(
  { internal, external }: AnsweredModule,
  role: FileToFetch["role"],
  named: string,
): FileToFetch {
  const below = (base: string): string =>
    `${withoutTrailingSlashes(base)}/${encodeURIComponent(named)}`;
  return {
    role,
    fileName: named,
    size: null,
    sha256: null,
    internalUrl: below(internal),
    externalUrl: below(external),
  };
}

function elementsIn({ content }: ExactElement): readonly ExactElement[] {
  return content.filter((part) => typeof part !== "string");
}

function textOf(parent: ExactElement, childName: string): string {
  const child = elementsIn(parent).find((candidate) => candidate.name === childName);
  const texts = child?.content.filter((part) => typeof part === "string") ?? [];
  return texts.join("").trim();
}
