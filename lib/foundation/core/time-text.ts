import { z } from "zod";
import { readInstant } from "#foundation/core/time";

/** The message of a refusal: the accepted forms. */
const TIME_FORMS =
  "A day such as 2026-11-22, or a moment such as 2026-11-22T08:30Z or 2026-11-22T09:30:00+01:00 (ISO 8601; UTC where no zone is given).";

/** A bound of a range as text; empty for no bound. Accepts only `TIME_FORMS`. */
export const timeText = z
  .string()
  .trim()
  .refine((text) => text === "" || readInstant(text) !== null, TIME_FORMS)
  .default("");
