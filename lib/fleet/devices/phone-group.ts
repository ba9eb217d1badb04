import type { InstalledModule } from "#formats/protocol/check-request";
import type { Hardware } from "#foundation/core/hardware";

/** Phones of one pool that report the same, counted. */
export type PhoneGroup = {
  /** Null: their checks reached no pool. */
  readonly poolId: string | null;
  readonly hardware: Hardware;
  readonly installed: readonly InstalledModule[];
  /** The version that lists show; null if they report none. */
  readonly version: string | null;
  readonly phones: number;
  /** How many of them have missed their checks. */
  readonly silent: number;
  /** How many of them have an update in a state of `TROUBLE_STATES`. */
  readonly inTrouble: number;
};
