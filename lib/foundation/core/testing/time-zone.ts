import process from "node:process";
import { afterEach } from "vitest";

const zoneOfMachine = process.env.TZ;

afterEach(() => {
  if (zoneOfMachine === undefined) {
    delete process.env.TZ;
  } else {
    process.env.TZ = zoneOfMachine;
  }
});

/** Sets the time zone of the machine for the rest of a test. */
export function setTimeZone(zone: string): void {
  process.env.TZ = zone;
}
