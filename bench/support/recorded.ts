import { setTimeout as delay } from "node:timers/promises";

const CATCH_UP_MS = 60_000;

/** How many checks the service has answered but not stored yet, from its metrics. */
export async function waitingRecords(port: number): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/api/metrics`);
  const line = /^ucupdates_check_records_waiting (\d+)$/m.exec(await response.text());
  if (line?.[1] === undefined) {
    throw new Error("the metrics do not contain the number of unstored checks");
  }
  return Number(line[1]);
}

/** Waits until all checks are stored or a timeout has passed; returns the seconds that it took. */
export async function untilRecorded(port: number): Promise<number> {
  const begin = performance.now();
  while ((await waitingRecords(port)) > 0 && performance.now() - begin < CATCH_UP_MS) {
    await delay(100);
  }
  return (performance.now() - begin) / 1000;
}
