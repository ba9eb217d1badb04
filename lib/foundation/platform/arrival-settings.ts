import { optional, wholeNumber } from "#foundation/platform/setting-kinds";

const perHour = wholeNumber(0, 100_000_000);

/** How many strangers are remembered: phones that were never seen before, and checks that were refused. */
export const arrivalSettings = {
  // High enough for a fleet of 100,000 phones that moves here in one evening.
  MAX_NEW_PHONES_PER_HOUR: optional(perHour).transform((value) => value ?? 100_000),
  MAX_NEW_PHONES_PER_ADDRESS_PER_HOUR: optional(perHour).transform((value) => value ?? 10_000),
  EXTERNAL_MAX_NEW_PHONES_PER_HOUR: optional(perHour).transform((value) => value ?? 5_000),
  EXTERNAL_MAX_NEW_PHONES_PER_ADDRESS_PER_HOUR: optional(perHour).transform(
    (value) => value ?? 500,
  ),
  // Above it the log, the metrics and the panel say how many there are and where they come from.
  NEW_PHONES_ALARM_PER_HOUR: optional(wholeNumber(1, 100_000_000)).transform(
    (value) => value ?? 1_000,
  ),
  // On each side. Beyond them refused checks are counted.
  MAX_REFUSED_CHECKS_PER_HOUR: optional(perHour).transform((value) => value ?? 10_000),
  MAX_REFUSED_CHECKS_PER_ADDRESS_PER_HOUR: optional(perHour).transform((value) => value ?? 100),
  // A phone that asked within one hour alone, and then never again. 0 keeps it.
  FORGET_BRIEF_PHONES_AFTER_DAYS: optional(wholeNumber(0, 36_500)).transform(
    (value) => value ?? 14,
  ),
  // Any phone that was silent for so long. 0 keeps it.
  FORGET_PHONES_AFTER_DAYS: optional(wholeNumber(0, 36_500)).transform((value) => value ?? 0),
};
