import { setTimeout as delay } from "node:timers/promises";

const CATCH_UP_MS = 60_000;

/** How many checks a service has answered and not written down yet, as it says itself. */
export async function waitingRecords(port: number): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/api/metrics`);
  const line = /^ucupdates_check_records_waiting (\d+)$/m.exec(await response.text());
  if (line?.[1] === undefined) {
    throw new Error("the service does not say how many checks wait to be written");
  }
  return Number(line[1]);
}

/** Until everything is written down, or has had its time; returns how long that took, in seconds. */
export async function untilRecorded(port: number): Promise<number> {
  const begin = performance.now();
  while ((await waitingRecords(port)) > 0 && performance.now() - begin < CATCH_UP_MS) {
    await delay(100);
  }
  return (performance.now() - begin) / 1000;
}
