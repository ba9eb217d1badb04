import { setTimeout as delay } from "node:timers/promises";

const CATCH_UP_MS = 60_000;
/** Collecting the metrics takes each process some milliseconds, which the measurement would count. */
const ASK_EVERY_MS = 500;

/** How many checks the service has answered but not stored yet, from the metrics of all its processes. */
export async function waitingRecords(port: number): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/api/metrics`);
  const samples = [
    ...(await response.text()).matchAll(/^ucupdates_check_records_waiting(?:\{[^}]*\})? (\d+)$/gm),
  ];
  if (samples.length === 0) {
    throw new Error("the metrics do not contain the number of unstored checks");
  }
  return samples.reduce((sum, [, count]) => sum + Number(count), 0);
}

/** Waits until all checks are stored or a timeout has passed; returns the seconds that it took. */
export async function untilRecorded(port: number): Promise<number> {
  const begin = performance.now();
  while ((await waitingRecords(port)) > 0 && performance.now() - begin < CATCH_UP_MS) {
    await delay(ASK_EVERY_MS);
  }
  return (performance.now() - begin) / 1000;
}
