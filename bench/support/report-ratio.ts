import { readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import type { Ratios } from "./compare-ratios.ts";
import { ratiosSchema } from "./compare-ratios.ts";

/** Adds a figure to the file that `npm run bench` names in BENCH_RATIOS_FILE; without it, does nothing. */
export function reportRatio(name: string, ratio: Ratios[string]): void {
  const file = process.env.BENCH_RATIOS_FILE;
  if (file !== undefined) {
    writeFileSync(file, JSON.stringify({ ...readRatios(file), [name]: ratio }, null, 2));
  }
}

/** Throws if the file does not exist or contains something else. */
export function readRatios(file: string): Ratios {
  return ratiosSchema.parse(JSON.parse(readFileSync(file, "utf8")));
}
