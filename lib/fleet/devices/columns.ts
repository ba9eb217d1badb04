import { z } from "zod";
import type { SerialChange } from "#fleet/devices/model";
import { CHANNELS, RECORDED_TRIGGERS, VERDICTS } from "#fleet/devices/model";
import type { Progress } from "#fleet/devices/progress";

/** The JSON columns of devices and checks. They are untrusted input, so a schema parses them. */

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

const instant = z.number().transform((ms) => new Date(ms));
const instantIfKnown = instant.nullish().transform((at) => at ?? null);

/** The serial numbers that a phone reported before, newest first. */
export const serialChangesColumn = z.array(
  z
    .object({ serialNumber: z.string(), atMs: z.number(), channel: z.enum(CHANNELS).nullable() })
    .transform(({ serialNumber, atMs, channel }): SerialChange => ({
      serialNumber,
      at: new Date(atMs),
      channel,
    })),
);

/** Times are in milliseconds; unknown values are absent. */
export const progressColumn = z
  .record(
    z.string(),
    z.object({
      updateType: z.string(),
      version: z.string(),
      fromVersion: z
        .string()
        .nullish()
        .transform((version) => version ?? null),
      offeredAt: instant,
      startedAt: instantIfKnown,
      downloadedAt: instantIfKnown,
      bootedAt: instantIfKnown,
      runningAt: instantIfKnown,
      lostAt: instantIfKnown,
      lastDownloadedAt: instantIfKnown,
      otherVersion: z
        .string()
        .nullish()
        .transform((version) => version ?? null),
      otherVersionAt: instantIfKnown,
      attempts: z.number().default(0),
      attemptedAt: instantIfKnown,
    }),
  )
  .transform((facts): Progress => new Map(Object.entries(facts)));

/** The column is an empty text if the phone gave no reason. */
export const triggerColumn = z
  .enum([...RECORDED_TRIGGERS, ""])
  .transform((trigger) => (trigger === "" ? null : trigger));
