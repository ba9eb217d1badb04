import { parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";
import type { PhoneFigure } from "#fleet/devices/model";
import { PHONE_FIGURES } from "#fleet/devices/model";
import type { ProgressState } from "#fleet/devices/progress-state";
import { PROGRESS_STATES } from "#fleet/devices/progress-state";
import type { RollOutState } from "#fleet/devices/roll-out-state";
import { ROLL_OUT_STATES } from "#fleet/devices/roll-out-state";

/** The panel neither counts nor lists matching phones beyond this number. Scripts read all of them. */
export const MAX_COUNTED_DEVICES = 10_000;

export const DEVICE_SORT_COLUMNS = [
  "model",
  "version",
  "lastSeenAt",
  "pool",
  "site",
  "address",
  "macAddress",
  "serialNumber",
] as const;
export type DeviceSortColumn = (typeof DEVICE_SORT_COLUMNS)[number];

/** The whole state of the device table. Page and table share it, so they cannot disagree. */
export const deviceSearchParams = {
  q: parseAsString.withDefault(""),
  model: parseAsArrayOf(parseAsString).withDefault([]),
  pool: parseAsArrayOf(parseAsString).withDefault([]),
  site: parseAsArrayOf(parseAsString).withDefault([]),
  state: parseAsArrayOf(parseAsStringLiteral(PHONE_FIGURES)).withDefault([]),
  progress: parseAsArrayOf(parseAsStringLiteral(PROGRESS_STATES)).withDefault([]),
  rollOut: parseAsString.withDefault(""),
  rollOutState: parseAsArrayOf(parseAsStringLiteral(ROLL_OUT_STATES)).withDefault([]),
  sort: parseAsStringLiteral(DEVICE_SORT_COLUMNS).withDefault("lastSeenAt"),
  order: parseAsStringLiteral(["asc", "desc"]).withDefault("desc"),
  page: parseAsInteger.withDefault(1),
};

export type DeviceSearch = {
  /** Part of a MAC address, serial number, address, user or version. */
  readonly q: string;
  readonly model: readonly string[];
  /** Names of pools. */
  readonly pool: readonly string[];
  /** Names of sites. */
  readonly site: readonly string[];
  readonly state: readonly PhoneFigure[];
  readonly progress: readonly ProgressState[];
  /** The id of a roll-out: the phones that it moves; empty for no such condition. */
  readonly rollOut: string;
  /** With `rollOut`: its phones in these states; empty for all of them. */
  readonly rollOutState: readonly RollOutState[];
  readonly sort: DeviceSortColumn;
  readonly order: "asc" | "desc";
  readonly page: number;
};

/** The search for all devices in the default order, first page. */
export const EVERY_DEVICE: DeviceSearch = {
  q: "",
  model: [],
  pool: [],
  site: [],
  state: [],
  progress: [],
  rollOut: "",
  rollOutState: [],
  sort: "lastSeenAt",
  order: "desc",
  page: 1,
};
