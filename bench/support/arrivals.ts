import { execFile } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Percentiles } from "./percentiles.ts";

/** How phones arrive: so many, evenly, in so much time, each on a connection of its own unless they are kept. */
export type Arrival = {
  readonly port: number;
  readonly phones: number;
  readonly seconds: number;
  readonly isKeepAlive: boolean;
  readonly path: string;
  /** What they say they run. */
  readonly version: string;
};

/** What came of it. */
export type Arrivals = {
  readonly seconds: number;
  readonly sent: number;
  readonly unanswered: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly errors: Readonly<Record<string, number>>;
  /** Answers of 503 that do not say when to come back. */
  readonly withoutRetryAfter: number;
  readonly connections: number;
  readonly latenciesMs: Percentiles;
  /** How far the generator itself fell behind its plan, which counts as waiting. */
  readonly generatorLateMs: number;
};

const GENERATOR = fileURLToPath(new URL("./phones.ts", import.meta.url));

export async function sendPhones(arrival: Arrival): Promise<Arrivals> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--max-semi-space-size=64", GENERATOR, JSON.stringify(arrival)],
    { timeout: (arrival.seconds + 60) * 1000 },
  );
  const arrivals: unknown = JSON.parse(stdout);
  if (!isArrivals(arrivals)) {
    throw new Error(`the phones said ${stdout}`);
  }
  return arrivals;
}

function isArrivals(value: unknown): value is Arrivals {
  return typeof value === "object" && value !== null && "statuses" in value && "errors" in value;
}

/** `200 ×100000`, and what went wrong. */
export function outcomesOf({ statuses, errors, unanswered }: Arrivals): string {
  const counted = Object.entries({ ...statuses, ...errors }).map(([name, n]) => `${name} ×${n}`);
  return [...counted, ...(unanswered > 0 ? [`unanswered ×${unanswered}`] : [])].join(", ");
}
