import { z } from "zod";
import { ROLL_OUT_STATUSES } from "#phones/roll-outs/model";

/** The most results of each kind: what fits on a screen. The lists have the others. */
export const MAX_RESULTS = { phones: 8, rules: 5, rollOuts: 3, pools: 3 } as const;

const name = z.string().nullable();

/** The answer of `GET /api/search`, which the command palette reads. A kind that the reader may not see is empty. */
export const searchResults = z.object({
  phones: z.array(
    z.object({
      id: z.string(),
      model: z.string(),
      macAddress: name,
      serialNumber: name,
      address: z.string(),
      userName: name,
      version: name,
      /** Retired phones come after those that lists show. */
      isRetired: z.boolean(),
    }),
  ),
  rules: z.array(
    z.object({
      id: z.string(),
      brand: z.string(),
      model: z.string(),
      revision: z.string(),
      locale: z.string(),
      updateType: z.string(),
      pool: z.string(),
      approvedVersion: name,
      pendingVersion: name,
    }),
  ),
  rollOuts: z.array(
    z.object({
      id: z.string(),
      brand: z.string(),
      model: z.string(),
      updateType: z.string(),
      pool: z.string(),
      version: name,
      state: z.enum(ROLL_OUT_STATUSES),
    }),
  ),
  pools: z.array(z.object({ fqdn: z.string(), site: z.string() })),
});
export type SearchResults = z.output<typeof searchResults>;
