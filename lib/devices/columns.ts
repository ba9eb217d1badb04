import { z } from "zod";
import { CHANNELS, VERDICTS } from "#lib/devices/model";

/** The JSON columns of devices and checks. They are input like any other: read with a schema, never trusted. */

export const reportedModules = z.array(
  z.object({
    updateType: z.string(),
    fileName: z.string(),
    version: z.string(),
    timestamp: z.string().nullable(),
  }),
);

export const offeredModules = z.array(
  z.object({ updateType: z.string(), version: z.string(), channel: z.enum(CHANNELS) }),
);

export const judgementRecords = z.array(
  z.object({
    ruleId: z.string(),
    updateType: z.string(),
    verdict: z.enum(VERDICTS),
    channel: z.enum(CHANNELS).nullable(),
    version: z.string().nullable(),
  }),
);
