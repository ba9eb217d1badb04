import { z } from "zod";
import { readSerialNumber } from "#foundation/core/identifying";
import { isMacAddress, readMacAddress } from "#foundation/core/mac-address";
import { SIDES } from "#fleet/devices/model";
import { MAX_TEXT_CHARS, MAX_MODULES } from "#formats/protocol/check-request";

const text = z
  .string()
  .trim()
  .max(MAX_TEXT_CHARS)
  .regex(/^\P{Cc}*$/u, "No control characters.");
const requiredText = text.min(1, "Must not be empty.");

/** The phone that an administrator describes for a preview: strict, with the limits of a real check. */
export const whatIfInput = z.strictObject({
  hardware: z.strictObject({
    deviceType: requiredText,
    brand: requiredText,
    model: requiredText,
    revision: text,
    locale: text,
  }),
  installed: z
    .array(z.strictObject({ updateType: requiredText, version: text }))
    .max(MAX_MODULES)
    .transform((modules) =>
      modules.map((module) => ({ ...module, fileName: "", timestamp: null })),
    ),
  /** Empty: an unregistered phone. A value that identifies no phone is ignored, as in a check. */
  macAddress: text
    .refine((value) => value === "" || isMacAddress(value), "Six pairs of hex digits.")
    .transform(readMacAddress),
  serialNumber: text.transform(readSerialNumber),
  /** Empty: the pool for phones that name no pool. */
  pool: text.transform((value) => value || null),
  side: z.enum(SIDES),
  approve: z.strictObject({ ruleId: z.string() }).nullable(),
});

export type WhatIfInput = z.input<typeof whatIfInput>;
