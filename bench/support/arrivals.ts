import { execFile } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Percentiles } from "./percentiles.ts";

/**
 * How phones arrive: a number of phones, evenly spread over a time. Each opens a new connection unless connections are
 * kept.
 */
export type Arrival = {
  readonly port: number;
  readonly phones: number;
  readonly seconds: number;
  readonly isKeepAlive: boolean;
  readonly path: string;
  /** The installed version that they report. */
  readonly version: string;
};

/** The results of a run. */
export type Arrivals = {
  readonly seconds: number;
  readonly sent: number;
  readonly unanswered: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly errors: Readonly<Record<string, number>>;
  /** 503 responses without Retry-After. */
  readonly withoutRetryAfter: number;
  readonly connections: number;
  readonly latenciesMs: Percentiles;
  /** The maximum delay of the generator behind its schedule. It counts as waiting time. */
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
    throw new Error(`unexpected output of phones.ts: ${stdout}`);
  }
  return arrivals;
}

function isArrivals(value: unknown): value is Arrivals {
  return typeof value === "object" && value !== null && "statuses" in value && "errors" in value;
}

/** Status counts such as `200 ×100000`, then errors. */
export function outcomesOf({ statuses, errors, unanswered }: Arrivals): string {
  const counted = Object.entries({ ...statuses, ...errors }).map(([name, n]) => `${name} ×${n}`);
  return [...counted, ...(unanswered > 0 ? [`unanswered ×${unanswered}`] : [])].join(", ");
}
