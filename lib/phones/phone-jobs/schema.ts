import { z } from "zod";
import { ARRIVAL_HOURS } from "#fleet/devices/conflicts";
import { PHONE_FIGURES, SIDES } from "#fleet/devices/model";
import { PROGRESS_STATES } from "#fleet/devices/progress-state";
import { MAX_PHONES_PER_ACTION } from "#fleet/devices/retirement";
import { filterValue, searchText } from "#foundation/core/search-text";

const values = z.array(filterValue).default([]);

/** The filter of the list of devices. Strict: a misspelt filter must not select more phones. */
export const phoneSearch = z.strictObject({
  q: searchText,
  model: values,
  pool: values,
  site: values,
  state: z.array(z.enum(PHONE_FIGURES)).default([]),
  progress: z.array(z.enum(PROGRESS_STATES)).default([]),
});
export type PhoneSearch = z.output<typeof phoneSearch>;

const reason = z.string().trim().max(1000).default("");
/** The number of matching phones that a person confirmed. */
const seenCount = z.int().min(0);

/** Which phones: those of the list of devices, of retired phones, of ghosts, or of the arrivals from a network. */
export const startPhoneJobInput = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("retire"), search: phoneSearch, seenCount, reason }),
  z.strictObject({
    kind: z.literal("restore"),
    search: z.strictObject({ q: searchText }),
    seenCount,
    reason,
  }),
  z.strictObject({ kind: z.literal("retire_ghosts"), seenCount, reason }),
  z.strictObject({
    kind: z.literal("retire_arrivals"),
    arrivals: z.strictObject({
      side: z.enum(SIDES),
      network: z.string().min(1).max(64),
      hours: z.literal(ARRIVAL_HOURS),
    }),
    seenCount,
    reason,
  }),
]);
export type StartPhoneJobInput = z.input<typeof startPhoneJobInput>;
export type ParsedStartPhoneJobInput = z.output<typeof startPhoneJobInput>;

export const phoneJobInput = z.strictObject({ jobId: z.uuid() });

/** Named phones, or all phones of a search with the number that a person confirmed. */
export const phoneTarget = z.union([
  z.strictObject({ deviceIds: z.array(z.uuid()).min(1).max(MAX_PHONES_PER_ACTION) }),
  z.strictObject({ search: phoneSearch, seenCount }),
]);
export type PhoneTarget = z.output<typeof phoneTarget>;

export const makeTestDevicesInput = z.strictObject({
  target: phoneTarget,
  /** A test device only at the site where the phone is, or at every site. */
  scope: z.enum(["site", "everywhere"]),
});
export type MakeTestDevicesInput = z.input<typeof makeTestDevicesInput>;
export type ParsedMakeTestDevicesInput = z.output<typeof makeTestDevicesInput>;

/** A search as a query string, for people: `model=CX600&state=update_due`. */
export function toSearchText(search: Partial<PhoneSearch>): string {
  const { q = "", ...filters } = search;
  const query = new URLSearchParams(q === "" ? {} : { q });
  for (const [name, chosen] of Object.entries(filters)) {
    if (chosen.length > 0) {
      query.set(name, chosen.join(","));
    }
  }
  return decodeURIComponent(query.toString());
}
