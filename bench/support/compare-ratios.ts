// The gate for regressions: compares the ratios of a run with recorded ones (bench/ratios.json).
import { z } from "zod";

/**
 * A figure that hardly depends on the machine, because it is a ratio of two measurements of the same minute. `noise` is
 * the fraction by which it differs between runs of the same program.
 */
const ratioSchema = z.object({
  value: z.number().positive(),
  better: z.enum(["higher", "lower"]),
  noise: z.number().min(0),
});

export const ratiosSchema = z.record(z.string(), ratioSchema);

export type Ratios = z.infer<typeof ratiosSchema>;

export type Comparison = {
  readonly name: string;
  readonly recorded: number | null;
  readonly measured: number | null;
  readonly verdict: "within_noise" | "better" | "worse" | "not_measured" | "not_recorded";
};

/** Compares by the recorded direction and noise, so that a run cannot loosen its own gate. Ordered by name. */
export function compareRatios(recorded: Ratios, measured: Ratios): readonly Comparison[] {
  const names = [...new Set([...Object.keys(recorded), ...Object.keys(measured)])].sort();
  return names.map((name) => {
    const before = recorded[name];
    const now = measured[name];
    return {
      name,
      recorded: before?.value ?? null,
      measured: now?.value ?? null,
      verdict: judge(before, now?.value),
    };
  });
}

/** Whether the run passes: a figure that got worse or was not measured fails it. */
export function passes(comparisons: readonly Comparison[]): boolean {
  return comparisons.every(({ verdict }) => verdict !== "worse" && verdict !== "not_measured");
}

function judge(before: Ratios[string] | undefined, value: number | undefined) {
  if (before === undefined) {
    return "not_recorded";
  }
  if (value === undefined) {
    return "not_measured";
  }
  const growth = value / before.value;
  const gain = before.better === "higher" ? growth : 1 / growth;
  if (gain < 1 / (1 + before.noise)) {
    return "worse";
  }
  return gain > 1 + before.noise ? "better" : "within_noise";
}
