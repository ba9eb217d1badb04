import { z } from "zod";
import { readMacAddress } from "#lib/core/mac-address";
import {
  CHECK_TRIGGERS,
  LONGEST_TEXT,
  MOST_MODULES,
  updateTypeOfFile,
} from "#lib/protocol/check-request";
import type { CheckRequest, InstalledModule } from "#lib/protocol/check-request";

/** The JSON dialect of the device protocol. Tolerant: fields we do not know are ignored. */

export const CHECK_PATHS = {
  internal: "/api/update/check",
  external: "/api/update/external/check",
} as const;

/**
 * One level of checks and one step that makes a request of what passed: a storm of phones spends more time here than on
 * being judged, and each further step of a schema shows. White space at the ends is taken away afterwards, so it may be
 * of any kind here.
 */
const text = z
  .string()
  .max(LONGEST_TEXT, { abort: true })
  .regex(/^\s*\P{Cc}*\s*$/u, "No control characters.");
const optionalText = text.nullish();
const requiredText = text.regex(/\S/, "Say something here.");

const requestedModule = z.object({
  updateType: optionalText,
  fileName: optionalText,
  version: optionalText,
  timestamp: optionalText,
});

const requestingDevice = z.object({
  deviceType: requiredText,
  vendor: optionalText,
  brand: optionalText,
  model: requiredText,
  revision: optionalText,
  locale: optionalText,
  macAddress: optionalText,
  serialNumber: optionalText,
});

/** The body of a check as a phone sends it, read into what both dialects have in common. */
export const checkRequest = z
  .object({
    device: requestingDevice,
    user: optionalText,
    // Phones of a later version may have further reasons to ask.
    trigger: z.unknown().optional(),
    modules: z.array(requestedModule).max(MOST_MODULES).nullish(),
  })
  .transform(({ device, user, trigger, modules }, { issues }): CheckRequest => {
    const brand = trimmed(device.vendor) || trimmed(device.brand);
    const macAddress = readMacAddress(trimmed(device.macAddress));
    const serialNumber = trimmed(device.serialNumber) || null;
    if (brand === "") {
      const message = "Say who made the phone.";
      issues.push({ code: "custom", input: brand, path: ["device", "vendor"], message });
    }
    // An address that cannot be read matters only where it is all there is to know a phone by.
    if (macAddress === null && serialNumber === null) {
      const message = "Give a MAC address of at least six pairs of hex digits, or a serial number.";
      issues.push({ code: "custom", input: "", path: ["device", "macAddress"], message });
    }
    return {
      hardware: {
        deviceType: trimmed(device.deviceType),
        brand,
        model: trimmed(device.model),
        revision: trimmed(device.revision),
        locale: trimmed(device.locale),
      },
      macAddress,
      serialNumber,
      user: trimmed(user) || null,
      trigger: CHECK_TRIGGERS.find((known) => known === trigger) ?? null,
      installed: (modules ?? []).flatMap(toInstalledModule),
    };
  });

function trimmed(value: string | null | undefined): string {
  return value?.trim() ?? "";
}

/** What a phone sends: the input side of `checkRequest`, as we would write it. */
export type CheckRequestBody = {
  readonly schema: 1;
  readonly device: {
    readonly deviceType: string;
    readonly vendor: string;
    readonly model: string;
    readonly revision: string;
    readonly locale: string;
    readonly macAddress: string | null;
    readonly serialNumber: string | null;
  };
  readonly user: string | null;
  readonly trigger: (typeof CHECK_TRIGGERS)[number];
  readonly modules: readonly Omit<InstalledModule, "timestamp">[];
};

/** A module without any name cannot be told from another, so it says nothing. */
function toInstalledModule(said: z.output<typeof requestedModule>): readonly InstalledModule[] {
  const fileName = trimmed(said.fileName);
  const updateType = trimmed(said.updateType) || updateTypeOfFile(fileName);
  const timestamp = trimmed(said.timestamp) || null;
  return updateType === ""
    ? []
    : [{ updateType, fileName, version: trimmed(said.version), timestamp }];
}
