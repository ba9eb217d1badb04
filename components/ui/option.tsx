export type ComboboxOption = {
  readonly value: string;
  readonly label: string;
  /** A second, muted line. The search includes it. */
  readonly hint?: string;
};

/** An option for a value that is its own label. */
export function toOption(value: string): ComboboxOption {
  return { value, label: value };
}
