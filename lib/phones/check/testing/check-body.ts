import { escapeXml } from "#formats/xml/escape-xml";
import type { Dialect } from "#fleet/devices/model";

/** The fields of a check. An undefined field is left out; an empty string is sent. */
export type CheckBodyOptions = {
  readonly brand?: string;
  readonly model?: string;
  readonly locale?: string;
  readonly macAddress?: string | undefined;
  readonly serialNumber?: string | undefined;
  readonly userName?: string | undefined;
  readonly trigger?: string | undefined;
  /** The version of the module CPE; null: no module is reported. */
  readonly version?: string | null;
};

/** Builds the body of a check of a CX600 in the given dialect. */
export function aCheckBody(dialect: Dialect, options: CheckBodyOptions = {}): string {
  const body = {
    brand: "POLYCOM",
    model: "CX600",
    locale: "ENU",
    version: "1.0.0.0",
    ...options,
  };
  return dialect === "json" ? jsonBody(body) : lyncBody(body);
}

type Body = CheckBodyOptions &
  Required<Pick<CheckBodyOptions, "brand" | "model" | "locale" | "version">>;

function jsonBody({
  brand,
  model,
  locale,
  macAddress,
  serialNumber,
  version,
  ...rest
}: Body): string {
  const { userName, trigger } = rest;
  const hardware = { deviceType: "UCPhone", vendor: brand, model, revision: "A", locale };
  const modules = version === null ? [] : [{ updateType: "CPE", fileName: "CPE.nbt", version }];
  return JSON.stringify({
    schema: 1,
    device: { ...hardware, macAddress, serialNumber },
    user: userName,
    trigger,
    modules,
  });
}

function lyncBody({
  brand,
  model,
  locale,
  macAddress,
  serialNumber,
  version,
  ...rest
}: Body): string {
  const fields = {
    DeviceType: "UCPhone",
    MACAddress: macAddress,
    SerialNumber: serialNumber,
    Vendor: brand,
    Model: model,
    Revision: "A",
    Locale: locale,
    UserID: rest.userName,
    Trigger: rest.trigger,
  };
  const elements = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [`  <${name}>${escapeXml(value)}</${name}>`],
  );
  const modules =
    version === null
      ? []
      : [
          `    <Module><Filename>CPE.nbt</Filename><Version>${escapeXml(version)}</Version></Module>`,
        ];
  return [
    '<?xml version="1.0"?>',
    "<UpdateRequest>",
    ...elements,
    "  <Modules>",
    ...modules,
    "  </Modules>",
    "</UpdateRequest>",
  ].join("\n");
}
