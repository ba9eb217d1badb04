import { optional, wholeNumber } from "#foundation/platform/setting-kinds";

const perHour = wholeNumber(0, 100_000_000);

/** Limits on how many new phones and how many refused checks are stored. */
export const arrivalSettings = {
  // Covers a fleet of 100,000 phones that moves to this service in one evening.
  MAX_NEW_PHONES_PER_HOUR: optional(perHour).transform((value) => value ?? 100_000),
  MAX_NEW_PHONES_PER_ADDRESS_PER_HOUR: optional(perHour).transform((value) => value ?? 10_000),
  EXTERNAL_MAX_NEW_PHONES_PER_HOUR: optional(perHour).transform((value) => value ?? 5_000),
  EXTERNAL_MAX_NEW_PHONES_PER_ADDRESS_PER_HOUR: optional(perHour).transform(
    (value) => value ?? 500,
  ),
  // Above this number, the log, the metrics and the panel report how many there are and where they come from.
  NEW_PHONES_ALARM_PER_HOUR: optional(wholeNumber(1, 100_000_000)).transform(
    (value) => value ?? 1_000,
  ),
  // On each side of the firewall. Refused checks beyond these limits are counted, not stored.
  MAX_REFUSED_CHECKS_PER_HOUR: optional(perHour).transform((value) => value ?? 10_000),
  MAX_REFUSED_CHECKS_PER_ADDRESS_PER_HOUR: optional(perHour).transform((value) => value ?? 100),
  // Phones whose checks all fall within one hour, after so many days of silence. 0 keeps them.
  FORGET_BRIEF_PHONES_AFTER_DAYS: optional(wholeNumber(0, 36_500)).transform(
    (value) => value ?? 14,
  ),
  // Any phone, after so many days of silence. 0 keeps it.
  FORGET_PHONES_AFTER_DAYS: optional(wholeNumber(0, 36_500)).transform((value) => value ?? 0),
};
