export type Percentiles = Readonly<Record<"p50" | "p90" | "p99" | "p999" | "max", number>>;

/** Exact percentiles of all values, not of a sample. */
export function percentiles(values: readonly number[]): Percentiles {
  const at = (share: number): number => percentile(values, share);
  return { p50: at(0.5), p90: at(0.9), p99: at(0.99), p999: at(0.999), max: at(1) };
}

/** The value below which a share of all values is. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export function median(values: readonly number[]): number {
  return percentiles(values).p50;
}
