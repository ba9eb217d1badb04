type Family = { head: string; readonly samples: string[] };

const FAMILY = /^# (?:HELP|TYPE) (\S+)/;

/**
 * One text of several in the format of Prometheus, which allows each metric only one group of lines. The samples of the
 * texts differ in their labels.
 */
export function mergeMetrics(texts: readonly string[]): string {
  const families = new Map<string, Family>();
  for (const text of texts) {
    addText(families, text);
  }
  return [...families.values()]
    .map(({ head, samples }) => [head, ...samples].join("\n"))
    .join("\n\n")
    .concat("\n");
}

function addText(families: Map<string, Family>, text: string): void {
  let family: Family = { head: "", samples: [] };
  let isNew = false;
  for (const line of text.split("\n")) {
    const name = FAMILY.exec(line)?.[1];
    if (name !== undefined) {
      const known = families.get(name);
      // The second of the two lines about a metric that this text has introduced.
      isNew = known === undefined || (isNew && known === family);
      family = known ?? { head: "", samples: [] };
      families.set(name, family);
      family.head += isNew ? (family.head === "" ? "" : "\n") + line : "";
    } else if (line !== "") {
      isNew = false;
      family.samples.push(line);
    }
  }
}
