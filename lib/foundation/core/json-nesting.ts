const JSON_TEXT_OR_BRACKET = /"(?:[^"\\]|\\[^])*(?:"|\\?$)|[{}[\]]/g;

/** Whether objects and lists of a JSON text stand in each other to more than so many levels; in linear time. */
export function isNestedDeeper(text: string, levels: number): boolean {
  let depth = 0;
  for (const [part] of text.matchAll(JSON_TEXT_OR_BRACKET)) {
    if (part === "{" || part === "[") {
      depth += 1;
    } else if (part === "}" || part === "]") {
      depth -= 1;
    }
    if (depth > levels) {
      return true;
    }
  }
  return false;
}
