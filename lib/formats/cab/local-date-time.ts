/**
 * A local date and time in ISO 8601 without a time zone. A cabinet does not store the time zone of its
 * writer, so this is not an instant and must not become a `Date`.
 */
export type LocalDateTime = `${string}-${string}-${string}T${string}:${string}:${string}`;

/** Reads MS-DOS date and time words, [MS-CAB] 2.3; null when the date or time does not exist. */
export function toLocalDateTime(date: number, time: number): LocalDateTime | null {
  const year = 1980 + (date >> 9);
  const month = (date >> 5) & 15;
  const day = date & 31;
  const hours = time >> 11;
  const minutes = (time >> 5) & 63;
  const seconds = (time & 31) * 2;

  // `Date` moves a day that does not exist (31 June) to another month.
  const calendar = new Date(Date.UTC(year, month - 1, day));
  const isRealDay = calendar.getUTCMonth() === month - 1 && calendar.getUTCDate() === day;
  if (!isRealDay || hours > 23 || minutes > 59 || seconds > 59) {
    return null;
  }
  return `${year}-${two(month)}-${two(day)}T${two(hours)}:${two(minutes)}:${two(seconds)}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
