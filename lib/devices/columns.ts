import { z } from "zod";
import { CHANNELS, RECORDED_TRIGGERS, VERDICTS } from "#lib/devices/model";

/** The JSON columns of devices and checks. They are input like any other: read with a schema, never trusted. */

export const installedModules = z.array(
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

/** The column is a text that is empty where a phone gave no reason. */
export const triggerColumn = z
  .enum([...RECORDED_TRIGGERS, ""])
  .transform((trigger) => (trigger === "" ? null : trigger));
