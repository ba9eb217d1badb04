import { percentile } from "./percentiles.ts";

export type Measured = {
  readonly tookMs: readonly number[];
  /** The processor time of PostgreSQL for each run. */
  readonly databaseMs: number;
};

export type MeasureOptions = {
  readonly rounds: number;
  /** The processor time of PostgreSQL so far, in ms. */
  readonly processorMs: () => number;
};

/** Runs something several times in turn, after one run that is not measured. */
export async function measure(
  run: () => Promise<unknown>,
  { rounds, processorMs }: MeasureOptions,
): Promise<Measured> {
  await run();
  const tookMs: number[] = [];
  const before = processorMs();
  for (let round = 0; round < rounds; round += 1) {
    const begin = performance.now();
    await run();
    tookMs.push(performance.now() - begin);
  }
  return { tookMs, databaseMs: (processorMs() - before) / rounds };
}

/** A row of a Markdown table: title, p50, p95, processor time of PostgreSQL, all in ms. */
export function toTableRow(title: string, { tookMs, databaseMs }: Measured): string {
  const cells = [percentile(tookMs, 0.5), percentile(tookMs, 0.95), databaseMs];
  return `| ${title} | ${cells.map((ms) => ms.toFixed(ms < 10 ? 1 : 0)).join(" | ")} |`;
}
