/** Removes the slashes at the end of a URL or path in linear time. A pattern such as `/+$` would take quadratic time. */
export function withoutTrailingSlashes(text: string): string {
  let end = text.length;
  while (text[end - 1] === "/") {
    end -= 1;
  }
  return text.slice(0, end);
}
