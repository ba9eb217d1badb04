/**
 * Whether a text matches a pattern in which `*` stands for any characters and `?` for one, without regard to case, as in
 * the cmdlets' `-Filter`. Not a regular expression, because a pattern with many stars would backtrack exponentially.
 */
export function matchesWildcard(text: string, pattern: string): boolean {
  const letters = Array.from(text.toLowerCase());
  const wanted = Array.from(pattern.toLowerCase());
  let at = 0;
  let next = 0;
  let star: { readonly next: number; readonly at: number } | null = null;
  while (at < letters.length) {
    const symbol = wanted[next];
    if (symbol === "*") {
      star = { next, at };
      next += 1;
    } else if (symbol === "?" || symbol === letters[at]) {
      at += 1;
      next += 1;
    } else if (star !== null) {
      // Extends the last star by one character and retries the rest of the pattern after it.
      star = { next: star.next, at: star.at + 1 };
      at = star.at;
      next = star.next + 1;
    } else {
      return false;
    }
  }
  return wanted.slice(next).every((symbol) => symbol === "*");
}
