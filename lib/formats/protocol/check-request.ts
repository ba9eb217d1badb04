import type { Hardware } from "#foundation/core/hardware";

/** Why a phone checks. */
export const CHECK_TRIGGERS = ["boot", "signin", "timer", "manual"] as const;
export type CheckTrigger = (typeof CHECK_TRIGGERS)[number];

/** A module that a phone reports as installed. */
export type InstalledModule = {
  readonly updateType: string;
  readonly fileName: string;
  /** Empty when the phone does not state it; the empty text differs from every version. */
  readonly version: string;
  /** Opaque: its meaning differs between editions of the original. */
  readonly timestamp: string | null;
};

/** A check, independent of the dialect. */
export type CheckRequest = {
  readonly hardware: Hardware;
  /** Upper-case hex digits; null also for an address that does not identify a phone, such as all zeros. */
  readonly macAddress: string | null;
  /** Spelled as the phone sends it; null also for a placeholder such as `N/A`. */
  readonly serialNumber: string | null;
  /** The user who signed in last, as the phone states it; not used for authorization. */
  readonly user: string | null;
  /** Null when the phone states no known trigger. */
  readonly trigger: CheckTrigger | null;
  readonly installed: readonly InstalledModule[];
};

/** Limits for every dialect. */
export const MAX_TEXT_CHARS = 128;
export const MAX_MODULES = 32;

/** The update type of a module that states only its file: `CPE` for `CPE.nbt`. */
export function updateTypeOfFile(fileName: string): string {
  return fileName.replace(/(?<=.)\.[^.]*$/, "");
}
