import { z } from "zod";

/** Phones that one action retires or restores, in one transaction. */
export const MAX_PHONES_PER_ACTION = 1_000;

/** A retired phone is in no list and no count; its next check ends the retirement. */
export type Retirement = {
  readonly at: Date;
  /** Who retired it: a person, or the service itself. */
  readonly by: string;
  /** Empty if no reason was given. */
  readonly reason: string;
};

/** What happened to a phone in the inventory, besides its checks. */
export const DEVICE_EVENT_KINDS = ["retired", "restored", "returned", "merged"] as const;
export type DeviceEventKind = (typeof DEVICE_EVENT_KINDS)[number];

export type DeviceEvent = {
  /** Decimal; grows with time. */
  readonly id: string;
  readonly at: Date;
  readonly kind: DeviceEventKind;
  /** Empty if the phone itself caused the event. */
  readonly actorName: string;
  readonly reason: string;
  /** The marks of the phone whose row was merged into this one; empty for other events. */
  readonly mergedFrom: string;
};

export const retireInput = z.strictObject({
  deviceIds: z.array(z.uuid()).min(1).max(MAX_PHONES_PER_ACTION),
  reason: z.string().trim().max(1000).default(""),
});
export type RetireInput = z.input<typeof retireInput>;
export type ParsedRetireInput = z.output<typeof retireInput>;

/** The result of retiring or restoring phones; `skipped` were retired or restored already, or no longer exist. */
export type RetirementReport = { readonly changed: number; readonly skipped: number };
