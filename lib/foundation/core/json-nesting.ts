const JSON_TEXT_OR_BRACKET = /"(?:[^"\\]|\\[^])*(?:"|\\?$)|[{}[\]]/g;

/** Whether the objects and arrays of a JSON text are nested deeper than `levels`. Takes linear time. */
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
