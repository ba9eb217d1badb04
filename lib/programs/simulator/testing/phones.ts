import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { PhoneClock } from "#programs/simulator/clock";
import type { PhoneOptions } from "#programs/simulator/options";

/** A temporary folder for a phone's state; removed at the end of the test. */
export async function aPhoneFolder(): Promise<AsyncDisposable & { readonly stateFile: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), "ucupdates-phone-"));
  return {
    stateFile: path.join(folder, "phone.json"),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

type NeededOptions = Pick<PhoneOptions, "stateFile"> & { readonly url: URL };

export function phoneOptions(
  { stateFile, url }: NeededOptions,
  overrides: Partial<PhoneOptions> = {},
): PhoneOptions {
  return {
    identity: {
      hardware: {
        deviceType: "UCPhone",
        brand: "POLYCOM",
        model: "CX600",
        revision: "A",
        locale: "ENU",
      },
      macAddress: "0004F2000176",
      serialNumber: null,
      user: null,
    },
    factory: { updateType: "CPE", fileName: "CPE.nbt", version: "4.0.7577.4100" },
    server: { kind: "url", url },
    side: "internal",
    dialect: "json",
    credentials: null,
    provisionedUser: null,
    pool: null,
    filesFrom: "offered_url",
    stateFile,
    timeScale: 1,
    isOnce: true,
    fault: null,
    trustedAuthorities: null,
    ...overrides,
  };
}

/** A clock that moves only when the phone waits. */
export function aClock(): PhoneClock & { readonly waitedMs: readonly number[] } {
  let nowMs = Date.parse("2026-01-05T08:00:00Z");
  const waitedMs: number[] = [];
  return {
    waitedMs,
    now: () => new Date(nowMs),
    waitUntil: (until, signal) => {
      signal.throwIfAborted();
      waitedMs.push(until.getTime() - nowMs);
      nowMs = until.getTime();
      return Promise.resolve();
    },
  };
}
