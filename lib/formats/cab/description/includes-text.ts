/** Whether a list contains a text. Ignores case, as rules do when they compare hardware. */
export function includesText(values: readonly string[], text: string): boolean {
  return values.some((value) => value.toLowerCase() === text.toLowerCase());
}
