import { NUMBERING_SYSTEM } from "#foundation/i18n/locales";
import type { Locale } from "#foundation/i18n/locales";

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** Formats a size in decimal units, as file managers and vendors do: "12.3 MB", « 12,3 Mo ». */
export function formatBytes(sizeBytes: number, locale: Locale): string {
  let value = sizeBytes;
  let index = 0;
  // 999.5 kB would be rounded to "1,000 kB".
  while (Math.abs(value) >= 999.5 && index < UNITS.length - 1) {
    value /= 1000;
    index += 1;
  }
  return new Intl.NumberFormat(locale, {
    numberingSystem: NUMBERING_SYSTEM,
    style: "unit",
    unit: UNITS[index] ?? "byte",
    unitDisplay: index === 0 ? "long" : "short",
    maximumFractionDigits: index === 0 || value >= 100 ? 0 : 1,
  }).format(value);
}
