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

const text = z
  .string()
  .max(LONGEST_TEXT)
  .trim()
  .regex(/^\P{Cc}*$/u, "No control characters.");
const optionalText = text.nullish().transform((value) => value ?? "");
const requiredText = text.min(1);

const requestedModule = z.object({
  updateType: optionalText,
  fileName: optionalText,
  version: optionalText,
  timestamp: optionalText,
});

const requestingDevice = z
  .object({
    deviceType: requiredText,
    vendor: optionalText,
    brand: optionalText,
    model: requiredText,
    revision: optionalText,
    locale: optionalText,
    macAddress: optionalText,
    serialNumber: optionalText,
  })
  .superRefine(({ vendor, brand, macAddress, serialNumber }, context) => {
    if (vendor === "" && brand === "") {
      context.addIssue({ code: "custom", path: ["vendor"], message: "Say who made the phone." });
    }
    // An address that cannot be read matters only where it is all there is to know a phone by.
    if (readMacAddress(macAddress) === null && serialNumber === "") {
      const message = "Give a MAC address of at least six pairs of hex digits, or a serial number.";
      context.addIssue({ code: "custom", path: ["macAddress"], message });
    }
  });

/** The body of a check as a phone sends it, read into what both dialects have in common. */
export const checkRequest = z
  .object({
    device: requestingDevice,
    user: optionalText,
    // Phones of a later version may have further reasons to ask.
    trigger: z.enum(CHECK_TRIGGERS).nullish().catch(null),
    modules: z.array(requestedModule).max(MOST_MODULES).nullish(),
  })
  .transform(({ device, user, trigger, modules }): CheckRequest => ({
    hardware: {
      deviceType: device.deviceType,
      brand: device.vendor || device.brand,
      model: device.model,
      revision: device.revision,
      locale: device.locale,
    },
    macAddress: readMacAddress(device.macAddress),
    serialNumber: device.serialNumber || null,
    user: user || null,
    trigger: trigger ?? null,
    installed: (modules ?? []).flatMap(toInstalledModule),
  }));

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

type RequestedModule = z.output<typeof requestedModule>;

/** A module without any name cannot be told from another, so it says nothing. */
function toInstalledModule({
  updateType,
  fileName,
  version,
  timestamp,
}: RequestedModule): readonly InstalledModule[] {
  const type = updateType || updateTypeOfFile(fileName);
  return type === "" ? [] : [{ updateType: type, fileName, version, timestamp: timestamp || null }];
}
