/** Whether a list has a text, compared as rules compare hardware: without regard to case. */
export function includesText(values: readonly string[], text: string): boolean {
  return values.some((value) => value.toLowerCase() === text.toLowerCase());
}
