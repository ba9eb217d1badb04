import { z } from "zod";
import { readSipAddress } from "#phones/home-pools/sip-address";

const MAX_ADDRESSES = 1_000;

const sipAddress = z.string().transform((text, context) => {
  const address = readSipAddress(text);
  if (address === null) {
    context.addIssue("A SIP address such as adamb@contoso.com.");
    return z.NEVER;
  }
  return address;
});

export const setUserHomeInput = z.strictObject({
  sipAddress,
  poolFqdn: z.string().trim().toLowerCase().min(1).max(253),
  userName: z
    .string()
    .trim()
    .max(256)
    .regex(/^\P{Cc}*$/u, "No control characters.")
    .default(""),
});
export type SetUserHomeInput = z.input<typeof setUserHomeInput>;

export const removeUserHomesInput = z.strictObject({
  sipAddresses: z.array(sipAddress).min(1).max(MAX_ADDRESSES),
});
export type RemoveUserHomesInput = z.input<typeof removeUserHomesInput>;

export const provisioningSwitch = z.strictObject({
  isEnabled: z.boolean(),
  disabledPoolIds: z.array(z.uuid()).max(1_000),
});

export const setProvisioningInput = provisioningSwitch.extend({
  /** When the switch that the administrator saw was set; null if it had never been set. */
  seenAt: z.iso.datetime().nullable(),
});
export type SetProvisioningInput = z.infer<typeof setProvisioningInput>;
