import { z } from "zod";
import { readSerialNumber } from "#foundation/core/identifying";
import { isMacAddress, readMacAddress } from "#foundation/core/mac-address";
import {
  CHECK_TRIGGERS,
  LONGEST_TEXT,
  MOST_MODULES,
  updateTypeOfFile,
} from "#formats/protocol/check-request";
import type { CheckRequest, InstalledModule } from "#formats/protocol/check-request";
import { cutText } from "#formats/protocol/cut-text";

/** The JSON dialect of the device protocol. Tolerant: fields we do not know are ignored. */

export const CHECK_PATHS = {
  internal: "/api/update/check",
  external: "/api/update/external/check",
} as const;

const CONTROL_CHARACTER = /\p{Cc}/u;

/**
 * One check for each text, and no step of a schema that makes something else of it: a storm of phones spends more time
 * here than on being judged, and each step shows. White space at the ends is taken away afterwards, so it may be of any
 * kind.
 */
const optionalText = z.string().check(refuseUnfit).nullish();
/** What only informs is made to fit (`cutText`). */
const informingText = z.unknown().optional();
/** Cut where it is too long: it then names no hardware that a rule is for. */
const cuttableText = z.string().check(refuseControlCharacters).nullish();
const requiredText = z.string().check(refuseUnfit, refuseBlank);

function refuseUnfit({ value, issues }: z.core.ParsePayload<string>): void {
  if (value.length > LONGEST_TEXT) {
    const limit = { origin: "string", maximum: LONGEST_TEXT, inclusive: true } as const;
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
    issues.push({ code: "custom", input: value, message: "Say something here." });
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
    // Either of these two is enough to know a phone by; what cannot be one is none.
    macAddress: informingText,
    serialNumber: informingText,
  })
  .check(({ value: device, issues }) => {
    if (brandOf(device) === "") {
      const message = "Say who made the phone.";
      issues.push({ code: "custom", input: device.vendor, path: ["vendor"], message });
    }
    // An address that cannot be read matters only where it is all there is to know a phone by. Values that identify no
    // phone are well-formed: such a check is answered, and counts for no device.
    if (serialNumberOf(device) === null && !isMacAddress(macTextOf(device))) {
      const message = "Give a MAC address of at least six pairs of hex digits, or a serial number.";
      issues.push({ code: "custom", input: device.macAddress, path: ["macAddress"], message });
    }
  });

/** The body of a check as a phone sends it. */
export const checkBody = z.object({
  device: requestingDevice,
  user: informingText,
  // Phones of a later version may have further reasons to ask.
  trigger: z.unknown().optional(),
  modules: z.array(requestedModule).max(MOST_MODULES).nullish(),
});

/** The same, read into what both dialects have in common. */
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
  return typeof macAddress === "string" && macAddress.length <= LONGEST_TEXT
    ? macAddress.trim()
    : "";
}

/** Never cut: two phones must not become one. */
function serialNumberOf({ serialNumber }: { readonly serialNumber?: unknown }): string | null {
  if (typeof serialNumber !== "string" || serialNumber.length > LONGEST_TEXT) {
    return null;
  }
  const text = serialNumber.trim();
  return text === "" || CONTROL_CHARACTER.test(text) ? null : text;
}

function trimmed(value: Said): string {
  return value?.trim() ?? "";
}

/** What a phone sends: the input side of `checkBody`, as we would write it. */
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
  const fileName = cutText(said.fileName);
  const updateType = cutText(said.updateType) || updateTypeOfFile(fileName);
  const timestamp = cutText(said.timestamp) || null;
  return updateType === ""
    ? []
    : [{ updateType, fileName, version: cutText(said.version), timestamp }];
}
