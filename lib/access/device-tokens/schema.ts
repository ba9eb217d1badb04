import { z } from "zod";
import { isIdentifyingMacAddress } from "#foundation/core/identifying";
import { normaliseMacAddress } from "#foundation/core/mac-address";
import { nameText } from "#foundation/core/name-text";

const macAddress = z
  .string()
  .transform((text) => normaliseMacAddress(text))
  .refine((digits) => digits !== null, {
    error: "At least six pairs of hex digits, such as 00-04-F2-00-01-76.",
    abort: true,
  })
  .refine(
    isIdentifyingMacAddress,
    "An address of all zeros, a broadcast or a group address identifies no phone.",
  );

export const createDeviceTokenInput = z.strictObject({
  name: nameText(64),
  /** Null: any phone. */
  macAddress: macAddress.nullable(),
  /** Days until the token expires; null: never. */
  keepDays: z.int().min(1).max(3650).nullable(),
});
export type CreateDeviceTokenInput = z.output<typeof createDeviceTokenInput>;

export const revokeDeviceTokenInput = z.strictObject({ tokenId: z.uuid() });
export type RevokeDeviceTokenInput = z.output<typeof revokeDeviceTokenInput>;
