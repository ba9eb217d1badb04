import { parseAsString, parseAsStringLiteral } from "nuqs/server";
import type { inferParserType } from "nuqs/server";
import type { WhatIfInput } from "#phones/check/what-if-input";
import type { Device } from "#fleet/devices/model";
import { SIDES } from "#fleet/devices/model";

/** Changes to the phone; a missing parameter keeps the value that the phone reports. */
export const whatIfSearchParams = {
  deviceType: parseAsString,
  brand: parseAsString,
  model: parseAsString,
  revision: parseAsString,
  locale: parseAsString,
  updateType: parseAsString,
  version: parseAsString,
  mac: parseAsString,
  serial: parseAsString,
  pool: parseAsString,
  side: parseAsStringLiteral(SIDES),
  /** The rule whose pending version would be approved. */
  approve: parseAsString,
};
export type WhatIfSearch = inferParserType<typeof whatIfSearchParams>;

type DescribedDevice = Pick<
  Device,
  "hardware" | "installed" | "macAddress" | "serialNumber" | "poolFqdn" | "side"
>;

/** Builds the input of a preview: the stored phone with the changes from the URL. */
export function toWhatIfInput(search: WhatIfSearch, device: DescribedDevice): WhatIfInput {
  const [first, ...others] = device.installed;
  const said = {
    ...device.hardware,
    updateType: first?.updateType ?? "CPE",
    version: first?.version ?? "",
    mac: device.macAddress ?? "",
    serial: device.serialNumber ?? "",
    pool: device.poolFqdn ?? "",
    side: device.side,
  };
  const asked = { ...said, ...changesOf(search) };
  const { deviceType, brand, model, revision, locale, updateType, version } = asked;
  return {
    hardware: { deviceType, brand, model, revision, locale },
    installed: [
      { updateType, version },
      ...others.map((module) => ({ updateType: module.updateType, version: module.version })),
    ],
    macAddress: asked.mac,
    serialNumber: asked.serial,
    pool: asked.pool,
    side: asked.side,
    approve: search.approve ? { ruleId: search.approve } : null,
  };
}

/** The parameters that the URL contains. */
function changesOf(search: WhatIfSearch): Partial<Present<WhatIfSearch>> {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== null));
}

type Present<T> = { readonly [Name in keyof T]: NonNullable<T[Name]> };
