import { z } from "zod";
import { HARDWARE_FIELDS } from "#foundation/core/hardware";
import type { Hardware } from "#foundation/core/hardware";
import { recordOf } from "#foundation/core/record-of";

/** Hardware that the service itself wrote, such as in a column or in a response to the panel. */
export const hardwareSchema: z.ZodObject<Record<keyof Hardware, z.ZodString>> = z.object(
  recordOf(HARDWARE_FIELDS, () => z.string()),
);
