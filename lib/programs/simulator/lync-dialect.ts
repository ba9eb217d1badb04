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
import type { SpokenDialect } from "#programs/simulator/spoken-dialect";

/** How long the original's phones are idle before they install; an answer in XML does not say. */
const IDLE_SECONDS = 300;

/**
 * The XML of Lync Phone Edition, as far as we guess it: the request that the server reads, and the answer that the
 * dialect of this release writes. No reason to ask is given, because no phone is known to give one.
 */
export const LYNC_DIALECT: SpokenDialect = {
  contentType: "text/xml; charset=utf-8",
  accept: "text/xml",
  // A provisioning document names the handler itself; an address without a path is that of a server.
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
  const said = [
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
  ${said.join("\n  ")}
  <Modules>
${modules.join("\n")}
  </Modules>
</UpdateRequest>
`;
}

function element(name: string, value: string | null): string {
  return value === null ? "" : `<${name}>${escapeXml(value)}</${name}>`;
}

const LONGEST_NAME = 255;
const MOST_MODULES = 32;

const name = z.string().min(1).max(LONGEST_NAME);
/** A file's name becomes part of an address, and must not lead elsewhere. */
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
      .max(MOST_MODULES),
  })
  // An answer that contradicts itself is refused, as in JSON.
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
