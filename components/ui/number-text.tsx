/** The number in a field of the type `number`; NaN, not zero, if the field is empty or has no number. */
export function toFieldNumber(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text);
}

/** The text of the field: empty for NaN. */
export function toFieldText(value: number): string {
  return Number.isNaN(value) ? "" : String(value);
}
