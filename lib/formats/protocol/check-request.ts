import type { Hardware } from "#foundation/core/hardware";

/** Why a phone asks. */
export const CHECK_TRIGGERS = ["boot", "signin", "timer", "manual"] as const;
export type CheckTrigger = (typeof CHECK_TRIGGERS)[number];

/** A module that a phone says it runs. */
export type InstalledModule = {
  readonly updateType: string;
  readonly fileName: string;
  /** Empty where the phone did not say, which differs from every version. */
  readonly version: string;
  /** Opaque: editions of the original differ in what it means. */
  readonly timestamp: string | null;
};

/** What a phone asks, whichever dialect it asked in. */
export type CheckRequest = {
  readonly hardware: Hardware;
  /** Upper-case hex digits; null also for an address that identifies no phone, such as all zeros. */
  readonly macAddress: string | null;
  /** As the phone spells it; null also for a placeholder, such as `N/A`. */
  readonly serialNumber: string | null;
  /** Who signed in last, as the phone names them; nothing is granted for it. */
  readonly user: string | null;
  /** Null where the phone gives no reason that we know. */
  readonly trigger: CheckTrigger | null;
  readonly installed: readonly InstalledModule[];
};

/** Bounds on what a phone may say. They hold for every dialect. */
export const LONGEST_TEXT = 128;
export const MOST_MODULES = 32;

/** `CPE` for `CPE.nbt`: the update type of a module that names only its file. */
export function updateTypeOfFile(fileName: string): string {
  return fileName.replace(/(?<=.)\.[^.]*$/, "");
}
