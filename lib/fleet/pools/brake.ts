/** What happens if too many phones of a roll-out fall back or stay away. */
export const BRAKE_MODES = ["off", "warn", "stop"] as const;
export type BrakeMode = (typeof BRAKE_MODES)[number];

/** The brake of a pool. It acts if both the share and the number are reached. */
export type BrakeSettings = {
  readonly brake: BrakeMode;
  /** Of the phones that installed, in percent. */
  readonly brakePercent: number;
  readonly brakePhones: number;
};

/** Five phones are no coincidence, and of a hundred phones, five are too many. The database has the same defaults. */
export const DEFAULT_BRAKE: BrakeSettings = { brake: "stop", brakePercent: 5, brakePhones: 5 };

/** The settings with those that are given. */
export function withBrake(
  settings: BrakeSettings,
  given: {
    readonly brake?: BrakeMode | undefined;
    readonly brakePercent?: number | undefined;
    readonly brakePhones?: number | undefined;
  },
): BrakeSettings {
  return {
    brake: given.brake ?? settings.brake,
    brakePercent: given.brakePercent ?? settings.brakePercent,
    brakePhones: given.brakePhones ?? settings.brakePhones,
  };
}
