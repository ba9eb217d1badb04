/**
 * The arguments of a message: `count:number` (also for a plural), `name`, and tags as `<code>`. Sorted, without
 * duplicates.
 */
export function icuArguments(message: string): readonly string[] {
  const found = new Set<string>();
  for (const [, tag] of message.matchAll(/<([a-zA-Z]+)>/gu)) {
    found.add(`<${tag ?? ""}>`);
  }
  for (const argument of topLevelBraces(message)) {
    const [name = "", type = "", ...rest] = argument.split(",");
    found.add(type.trim() === "" ? name.trim() : `${name.trim()}:${kindOf(type.trim())}`);
    // The cases of a plural or select are messages themselves, and can have further arguments.
    for (const text of topLevelBraces(rest.join(","))) {
      icuArguments(text).forEach((inner) => found.add(inner));
    }
  }
  return [...found].toSorted();
}

/** Plurals count as numbers: one language can need a plural where another needs only the number. */
function kindOf(type: string): string {
  return ["plural", "selectordinal"].includes(type) ? "number" : type;
}

/** The texts between braces that are not inside other braces. */
function topLevelBraces(text: string): string[] {
  const texts: string[] = [];
  let depth = 0;
  let start = 0;
  for (const brace of text.matchAll(/[{}]/gu)) {
    if (brace[0] === "{") {
      start = depth === 0 ? brace.index + 1 : start;
      depth += 1;
    } else {
      depth -= 1;
      if (depth === 0) {
        texts.push(text.slice(start, brace.index));
      }
    }
  }
  return texts;
}
