import { z } from "zod";
import { STATISTICS_RANGES } from "#phones/statistics/model";

/** The query of `GET /api/statistics`. */
export const statisticsQuery = z.strictObject({
  range: z.enum(STATISTICS_RANGES).default("day"),
});
