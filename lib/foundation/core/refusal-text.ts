import type { z } from "zod";

/** The sentence for what a schema refuses without a sentence of its own; undefined leaves it to the library. */
export function refusalText(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === "invalid_value") {
    return `One of ${issue.values.join(", ")}.`;
  }
  if (issue.code === "invalid_type" && issue.input === undefined) {
    return "Required.";
  }
  if (issue.code === "unrecognized_keys") {
    return `Unknown: ${issue.keys.join(", ")}.`;
  }
  if (issue.code === "too_big" && issue.inclusive !== false) {
    return `At most ${amount(issue, issue.maximum)}.`;
  }
  return issue.code === "too_small" && issue.inclusive !== false
    ? `At least ${amount(issue, issue.minimum)}.`
    : undefined;
}

function amount({ origin }: { readonly origin: string }, limit: number | bigint): string {
  const unit = limit === 1 ? "character" : "characters";
  return origin === "string" ? `${limit} ${unit}` : String(limit);
}
