import { z } from "zod";
import type { Identifier } from "#fleet/test-devices/identifier";
import { isWellFormed, normaliseIdentifier } from "#fleet/test-devices/identifier";
import { IDENTIFIER_TYPES } from "#fleet/test-devices/model";
import { nameText } from "#foundation/core/name-text";

const fields = {
  identifierType: z.enum(IDENTIFIER_TYPES),
  identifier: z.string().trim().min(1).max(64),
};

const MALFORMED = {
  MACAddress: "At least six pairs of hex digits, such as 00-04-F2-00-01-76.",
  SerialNumber: "Letters, digits, - and _ only.",
} as const;
const NOT_IDENTIFYING = {
  MACAddress:
    "An address of all zeros, a broadcast or a group address identifies no phone: many phones send it. Give the address on the phone's label, or its serial number.",
  SerialNumber:
    "This is a placeholder and identifies no phone: many phones send it. Give the serial number on the phone's label, or its MAC address.",
} as const;

function requireIdentifier(input: Identifier, context: z.RefinementCtx): void {
  if (normaliseIdentifier(input) === null) {
    const messages = isWellFormed(input) ? NOT_IDENTIFYING : MALFORMED;
    const message = messages[input.identifierType];
    context.addIssue({ code: "custom", path: ["identifier"], message });
  }
}

function normalised<T extends Identifier>(input: T): T {
  return { ...input, identifier: normaliseIdentifier(input) ?? input.identifier };
}

export const createTestDeviceInput = z
  .strictObject({
    /** Null: a test device at all sites. */
    siteName: nameText(64).nullable(),
    name: nameText(64).regex(/^[^/]+$/, "No slash."),
    ...fields,
  })
  .superRefine(requireIdentifier)
  .transform(normalised);
export type CreateTestDeviceInput = z.output<typeof createTestDeviceInput>;

/** Several phones at once, for one test. */
export const createTestDevicesInput = z.strictObject({
  testDevices: z.array(createTestDeviceInput).min(1).max(200),
});
export type CreateTestDevicesInput = z.output<typeof createTestDevicesInput>;

export const changeTestDeviceInput = z
  .strictObject({ testDeviceId: z.uuid(), ...fields })
  .superRefine(requireIdentifier)
  .transform(normalised);
export type ChangeTestDeviceInput = z.output<typeof changeTestDeviceInput>;

export const removeTestDevicesInput = z.strictObject({
  testDeviceIds: z.array(z.uuid()).min(1).max(1000),
});
export type RemoveTestDevicesInput = z.output<typeof removeTestDevicesInput>;
