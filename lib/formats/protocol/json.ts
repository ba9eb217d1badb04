import { z } from "zod";
import { readSerialNumber } from "#foundation/core/identifying";
import { isMacAddress, readMacAddress } from "#foundation/core/mac-address";
import {
  CHECK_TRIGGERS,
  MAX_TEXT_CHARS,
  MAX_MODULES,
  updateTypeOfFile,
} from "#formats/protocol/check-request";
import type { CheckRequest, InstalledModule } from "#formats/protocol/check-request";
import { cutText } from "#formats/protocol/cut-text";

/** The JSON dialect of the device protocol. Unknown fields are ignored. */

export const CHECK_PATHS = {
  internal: "/api/update/check",
  external: "/api/update/external/check",
} as const;

const CONTROL_CHARACTER = /\p{Cc}/u;

/**
 * One zod check for each text and no transform: under load, parsing takes more time than the decision, and every
 * step is measurable. White space at the ends is removed later, so here it may contain control characters.
 */
const optionalText = z.string().check(refuseUnfit).nullish();
/** Informational text; `cutText` shortens it. */
const informingText = z.unknown().optional();
/** Cut when too long: a cut text matches no rule. */
const cuttableText = z.string().check(refuseControlCharacters).nullish();
const requiredText = z.string().check(refuseUnfit, refuseBlank);

function refuseUnfit({ value, issues }: z.core.ParsePayload<string>): void {
  if (value.length > MAX_TEXT_CHARS) {
    const limit = { origin: "string", maximum: MAX_TEXT_CHARS, inclusive: true } as const;
    issues.push({ code: "too_big", ...limit, input: value });
  } else {
    refuseControlCharacters({ value, issues });
  }
}

function refuseControlCharacters({
  value,
  issues,
}: Pick<z.core.ParsePayload<string>, "value" | "issues">): void {
  if (CONTROL_CHARACTER.test(value) && CONTROL_CHARACTER.test(value.trim())) {
    issues.push({ code: "custom", input: value, message: "No control characters." });
  }
}

function refuseBlank({ value, issues }: z.core.ParsePayload<string>): void {
  if (value.trim() === "") {
    issues.push({ code: "custom", input: value, message: "Must not be blank." });
  }
}

const requestedModule = z.object({
  updateType: cuttableText,
  fileName: informingText,
  version: cuttableText,
  timestamp: informingText,
});

const requestingDevice = z
  .object({
    deviceType: requiredText,
    vendor: optionalText,
    brand: optionalText,
    model: requiredText,
    revision: optionalText,
    locale: cuttableText,
    // One of these two identifies a phone; an invalid value counts as absent.
    macAddress: informingText,
    serialNumber: informingText,
  })
  .check(({ value: device, issues }) => {
    if (brandOf(device) === "") {
      const message = "The vendor is missing.";
      issues.push({ code: "custom", input: device.vendor, path: ["vendor"], message });
    }
    // An invalid MAC address is refused only without a serial number. Values that do not identify a phone, such as all
    // zeros, are well-formed: such a check is answered, but belongs to no device.
    if (serialNumberOf(device) === null && !isMacAddress(macTextOf(device))) {
      const message = "Give a MAC address of at least six pairs of hex digits, or a serial number.";
      issues.push({ code: "custom", input: device.macAddress, path: ["macAddress"], message });
    }
  });

/** Schema of the body of a check. */
export const checkBody = z.object({
  device: requestingDevice,
  user: informingText,
  // Phones of a later version may have more triggers.
  trigger: z.unknown().optional(),
  modules: z.array(requestedModule).max(MAX_MODULES).nullish(),
});

/** Converts the body to the form that both dialects share. */
export function toCheckRequest({
  device,
  user,
  trigger,
  modules,
}: z.output<typeof checkBody>): CheckRequest {
  return {
    hardware: {
      deviceType: trimmed(device.deviceType),
      brand: brandOf(device),
      model: trimmed(device.model),
      revision: trimmed(device.revision),
      locale: cutText(device.locale),
    },
    macAddress: readMacAddress(macTextOf(device)),
    serialNumber: readSerialNumber(serialNumberOf(device) ?? ""),
    user: cutText(user) || null,
    trigger: CHECK_TRIGGERS.find((known) => known === trigger) ?? null,
    installed: (modules ?? []).flatMap(toInstalledModule),
  };
}

type Said = string | null | undefined;

function brandOf({ vendor, brand }: { readonly vendor?: Said; readonly brand?: Said }): string {
  return trimmed(vendor) || trimmed(brand);
}

function macTextOf({ macAddress }: { readonly macAddress?: unknown }): string {
  return typeof macAddress === "string" && macAddress.length <= MAX_TEXT_CHARS
    ? macAddress.trim()
    : "";
}

/** Never cut: two phones must not get the same serial number. */
function serialNumberOf({ serialNumber }: { readonly serialNumber?: unknown }): string | null {
  if (typeof serialNumber !== "string" || serialNumber.length > MAX_TEXT_CHARS) {
    return null;
  }
  const text = serialNumber.trim();
  return text === "" || CONTROL_CHARACTER.test(text) ? null : text;
}

function trimmed(value: Said): string {
  return value?.trim() ?? "";
}

/** The input of `checkBody` with typed fields, for senders. */
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

/** Drops a module without a name, because it cannot be identified. */
function toInstalledModule(module: z.output<typeof requestedModule>): readonly InstalledModule[] {
  const fileName = cutText(module.fileName);
  const updateType = cutText(module.updateType) || updateTypeOfFile(fileName);
  const timestamp = cutText(module.timestamp) || null;
  return updateType === ""
    ? []
    : [{ updateType, fileName, version: cutText(module.version), timestamp }];
}
