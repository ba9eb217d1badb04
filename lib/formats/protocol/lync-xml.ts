import { z } from "zod";
import { readSerialNumber } from "#foundation/core/identifying";
import { readMacAddress } from "#foundation/core/mac-address";
import { readPlainXml } from "#formats/xml/plain-xml";
import type { XmlElement } from "#formats/xml/xml-tree";
import { readXmlTree, toComparableName } from "#formats/xml/xml-tree";
import {
  CHECK_TRIGGERS,
  MAX_TEXT_CHARS,
  MAX_MODULES,
  updateTypeOfFile,
} from "#formats/protocol/check-request";
import type { CheckRequest, InstalledModule } from "#formats/protocol/check-request";
import { cutText } from "#formats/protocol/cut-text";
import type {
  LyncDeviceField,
  LyncExtraNames,
  LyncModuleField,
} from "#formats/protocol/lync-aliases";
import {
  LYNC_DEVICE_NAMES,
  LYNC_MODULE_ELEMENTS,
  LYNC_MODULE_NAMES,
} from "#formats/protocol/lync-aliases";

/**
 * The XML dialect of the device protocol, as Lync Phone Edition uses it. Its element names are not documented, so the
 * reader searches for known names: any root, any namespace, elements or attributes, at any depth.
 */

export const LYNC_HANDLER_PATHS = {
  internal: "/RequestHandler/ucdevice.upx",
  external: "/RequestHandlerExt/ucdevice.upx",
} as const;

export type LyncReading =
  | { readonly kind: "read"; readonly request: CheckRequest }
  | { readonly kind: "refused"; readonly problem: string };

/** Compiled once for a set of names; reading then needs one lookup for each element. */
export type LyncReader = (text: string) => LyncReading;

/** A document without known names is still a check: that of an unknown phone. */
export function lyncReader(extraNames: LyncExtraNames = {}): LyncReader {
  const names = toNames(extraNames);
  return (text) => {
    const plain = readPlainXml(text);
    const reading = plain === null ? readXmlTree(text) : { kind: "read" as const, root: plain };
    if (reading.kind === "refused") {
      return { kind: "refused", problem: `The body cannot be used: ${reading.problem}` };
    }
    const found: Found = { device: new Map(), modules: [] };
    collect(reading.root, names, found);
    return toRequest(found, names);
  };
}

type Names = {
  readonly device: Readonly<Record<LyncDeviceField, readonly string[]>>;
  readonly module: Readonly<Record<LyncModuleField, readonly string[]>>;
  readonly moduleElements: ReadonlySet<string>;
};

type ModuleFields = ReadonlyMap<string, string>;

type Found = { readonly device: Map<string, string>; readonly modules: ModuleFields[] };

function toNames(extra: LyncExtraNames): Names {
  const own = (field: keyof LyncExtraNames): readonly string[] =>
    (extra[field] ?? []).map(toComparableName);
  const { trigger, ...device } = LYNC_DEVICE_NAMES;
  return {
    device: {
      deviceType: [...own("deviceType"), ...device.deviceType],
      macAddress: [...own("macAddress"), ...device.macAddress],
      serialNumber: [...own("serialNumber"), ...device.serialNumber],
      brand: [...own("brand"), ...device.brand],
      model: [...own("model"), ...device.model],
      revision: [...own("revision"), ...device.revision],
      locale: [...own("locale"), ...device.locale],
      user: [...own("user"), ...device.user],
      trigger,
    },
    module: {
      fileName: [...own("fileName"), ...LYNC_MODULE_NAMES.fileName],
      version: [...own("version"), ...LYNC_MODULE_NAMES.version],
      timestamp: [...own("timestamp"), ...LYNC_MODULE_NAMES.timestamp],
      updateType: LYNC_MODULE_NAMES.updateType,
    },
    moduleElements: new Set([...own("module"), ...LYNC_MODULE_ELEMENTS]),
  };
}

/** All fields outside modules describe the phone; the first value of a name wins. */
function collect(element: XmlElement, names: Names, found: Found): void {
  addFields(element, found.device);
  for (const child of element.children) {
    if (names.moduleElements.has(child.name)) {
      collectModule(child, names, found);
    } else {
      collect(child, names, found);
    }
  }
}

/** A module element that contains module elements is a list: `<Image><File …/></Image>`. */
function collectModule(element: XmlElement, names: Names, found: Found): void {
  const fields = new Map<string, string>();
  addDescendants(element, names, fields);
  const nested = element.children.filter(({ name }) => names.moduleElements.has(name));
  if (fields.size === 0 && nested.length > 0) {
    for (const child of nested) {
      collectModule(child, names, found);
    }
    return;
  }
  const [fileName] = [element, ...nested].map(({ text }) => text).filter((text) => text !== "");
  if (fileName !== undefined && pick(fields, names.module.fileName) === "") {
    fields.set("filename", fileName);
  }
  if (fields.size > 0) {
    found.modules.push(fields);
  }
}

function addDescendants(element: XmlElement, names: Names, fields: Map<string, string>): void {
  for (const { name, value } of element.attributes) {
    add(fields, name, value);
  }
  for (const child of element.children) {
    if (!names.moduleElements.has(child.name)) {
      add(fields, child.name, child.text);
      addDescendants(child, names, fields);
    }
  }
}

function addFields({ name, text, attributes }: XmlElement, fields: Map<string, string>): void {
  add(fields, name, text);
  for (const attribute of attributes) {
    add(fields, attribute.name, attribute.value);
  }
}

function add(fields: Map<string, string>, name: string, value: string): void {
  if (value !== "" && !fields.has(name)) {
    fields.set(name, value);
  }
}

function pick(fields: ReadonlyMap<string, string>, names: readonly string[]): string {
  for (const name of names) {
    const value = fields.get(name);
    if (value !== undefined) {
      return value;
    }
  }
  return "";
}

const text = z
  .string()
  .max(MAX_TEXT_CHARS)
  .regex(/^\P{Cc}*$/u, "No control characters.");

/** The same limits as in the JSON dialect: the stored data of a phone must not depend on its dialect. */
const lyncFields = z.object({
  deviceType: text,
  brand: text,
  model: text,
  revision: text,
  locale: text,
  serialNumber: text,
  trigger: z.enum(CHECK_TRIGGERS).nullable().catch(null),
  modules: z
    .array(
      // `cutText` has already shortened informational texts.
      z.object({ fileName: z.string(), version: text, timestamp: z.string(), updateType: text }),
    )
    .max(MAX_MODULES),
});

function toRequest({ device, modules }: Found, names: Names): LyncReading {
  const macAddress = readMacAddress(pick(device, names.device.macAddress));
  const parsed = lyncFields.safeParse({
    deviceType: pick(device, names.device.deviceType),
    brand: pick(device, names.device.brand),
    model: pick(device, names.device.model),
    revision: pick(device, names.device.revision),
    locale: cutLength(pick(device, names.device.locale)),
    serialNumber: pickSerialNumber(device, { names, isNeeded: macAddress === null }),
    trigger: pick(device, names.device.trigger),
    modules: modules.map((fields) => ({
      fileName: cutText(pick(fields, names.module.fileName)),
      version: cutLength(pick(fields, names.module.version)),
      timestamp: cutText(pick(fields, names.module.timestamp)),
      updateType: cutLength(pick(fields, names.module.updateType)),
    })),
  });
  if (!parsed.success) {
    return { kind: "refused", problem: toProblem(parsed.error) };
  }
  const { serialNumber, trigger, modules: reported, ...hardware } = parsed.data;
  return {
    kind: "read",
    request: {
      hardware,
      macAddress,
      serialNumber: readSerialNumber(serialNumber),
      user: cutText(pick(device, names.device.user)) || null,
      trigger,
      installed: reported.flatMap(toInstalledModule),
    },
  };
}

/** Cuts a text that rules match on, instead of refusing it for its length: a cut text matches no rule. */
function cutLength(value: string): string {
  return value.length > MAX_TEXT_CHARS ? value.slice(0, MAX_TEXT_CHARS).toWellFormed() : value;
}

/** Never cut: two phones must not get the same serial number. With a MAC address, a serial number that is too long is dropped. */
function pickSerialNumber(
  device: ReadonlyMap<string, string>,
  { names, isNeeded }: { readonly names: Names; readonly isNeeded: boolean },
): string {
  const value = pick(device, names.device.serialNumber);
  return isNeeded || cutText(value) === value ? value : "";
}

type ReportedModule = z.output<typeof lyncFields>["modules"][number];

/** Drops a module without a name, because it cannot be identified. */
function toInstalledModule({
  fileName,
  version,
  timestamp,
  updateType,
}: ReportedModule): readonly InstalledModule[] {
  const type = updateType || updateTypeOfFile(fileName);
  return type === "" ? [] : [{ updateType: type, fileName, version, timestamp: timestamp || null }];
}

function toProblem({ issues }: z.ZodError): string {
  const [issue] = issues;
  return issue === undefined ? "The body is invalid." : `${issue.path.join(".")}: ${issue.message}`;
}
