import type { NamedPhone } from "#fleet/devices/audit-facts";
import type { ArrivalKind } from "#fleet/devices/arrivals";
import type { Side } from "#fleet/devices/model";

/** A row of the inventory in the lists of what does not belong there. */
export type DoubtfulPhone = NamedPhone & {
  readonly address: string;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
};

/** Rows with one serial number of one brand: one phone with several rows, or a number that identifies no phone. */
export type SharedSerial = {
  readonly serialKey: string;
  /** How many rows have it. */
  readonly rows: number;
  /** Some of them, the row that checked last first. */
  readonly phones: readonly DoubtfulPhone[];
};

export type Conflicts = {
  /** Phones under whose MAC address two serial numbers alternate. */
  readonly sharedAddresses: readonly DoubtfulPhone[];
  readonly sharedSerials: readonly SharedSerial[];
};

/** More rows than this with one serial number are shown with their number only. */
export const MAX_SHOWN_ROWS = 6;

/** The periods in which arrivals can be looked at; arrivals are kept for two days. */
export const ARRIVAL_HOURS = [1, 6, 24, 48] as const;
export type ArrivalHours = (typeof ARRIVAL_HOURS)[number];

/** The new phones of one network in a period. */
export type NetworkArrivals = {
  readonly side: Side;
  /** An IPv4 address, or an IPv6 network of 64 bits. Empty: networks that were not counted separately. */
  readonly network: string;
  readonly counts: Readonly<Record<Extract<ArrivalKind, "phone_added" | "phone_left_out">, number>>;
  /** Phones of the inventory that were first seen from there in the period, and that checked within one hour only. */
  readonly brief: number;
};
