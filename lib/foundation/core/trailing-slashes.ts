/** A URL or path without the slashes at its end, in linear time, which a pattern with `$` does not take. */
export function withoutTrailingSlashes(text: string): string {
  let end = text.length;
  while (text[end - 1] === "/") {
    end -= 1;
  }
  return text.slice(0, end);
}
