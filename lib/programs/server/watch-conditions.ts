import "server-only";
import { statfs } from "node:fs/promises";
import { hostname } from "node:os";
import type { ContentState } from "#firmware/files/server/probe-content";
import { probeKnownContent } from "#firmware/files/server/probe-known-content";
import { countPhonesInTrouble } from "#fleet/devices/server/count-phones-in-trouble";
import type { ConditionDelays, Measurement } from "#foundation/notices/decide-condition";
import { judgeCondition } from "#foundation/notices/server/judge-condition";
import { recordNotice } from "#foundation/notices/server/record-notice";
import { takeTurn } from "#foundation/notices/server/take-turn";
import { describeContentStore } from "#foundation/platform/content-location";
import { inTransaction } from "#foundation/platform/db/client";
import { whenAvailable } from "#foundation/platform/db/when-available";
import { env } from "#foundation/platform/env";
import { instanceId } from "#foundation/platform/instance-id";
import { repeatTask } from "#foundation/platform/repeat-task";
import { judgeExpiry } from "#foundation/platform/tls/expiry";
import { planTls } from "#foundation/platform/tls/plan";
import { readCertificate } from "#foundation/platform/tls/read-certificate";
import { HOUR_MS } from "#foundation/core/time";

const WATCH_EVERY_MS = 30_000;
const MINUTE_MS = 60_000;

/** Every host. */
const DISK_DELAYS: ConditionDelays = { raiseAfterMs: MINUTE_MS, clearAfterMs: 10 * MINUTE_MS };
const STORE_DELAYS: ConditionDelays = { raiseAfterMs: MINUTE_MS, clearAfterMs: MINUTE_MS };
/** A disk is no longer low with a quarter more free space than the limit. */
const DISK_CLEARED_AT = 1.25;

/** One host for all: the query reads every phone with an update. */
const TROUBLE_EVERY_MS = 5 * MINUTE_MS;
const TROUBLE_DELAYS: ConditionDelays = { raiseAfterMs: 0, clearAfterMs: HOUR_MS };
/** Phones are no longer in trouble below four fifths of the threshold. */
const TROUBLE_CLEARED_AT = 0.8;
const TROUBLE_LEVELS = [1, 4, 16, 64, 256, 1024] as const;
const CERTIFICATES_EVERY_MS = HOUR_MS;

/** Watches what no request and no person changes: certificates, disk, content store, phones in trouble. */
export function startConditionWatch(): { readonly stop: () => Promise<void> } {
  const watch = (everyMs: number, what: string, step: (now: Date) => Promise<void>) =>
    repeatTask(everyMs, `watch ${what}`, () => whenAvailable(() => step(new Date())));
  const tasks = [
    watch(WATCH_EVERY_MS, "the disk", watchDisk),
    watch(WATCH_EVERY_MS, "the content store", watchContentStore),
    watch(WATCH_EVERY_MS, "phones in trouble", watchTrouble),
    watch(CERTIFICATES_EVERY_MS, "certificates", watchCertificates),
  ];
  return {
    stop: async () => {
      await Promise.all(tasks.map((task) => task.stop()));
    },
  };
}

/** Records a notice if the disk of the data directory is low; see `DISK_DELAYS`. */
export async function watchDisk(now: Date, readFree = freeBytesOf): Promise<void> {
  const { DATA_DIRECTORY: directory, LOG_STORE_FREE_BYTES: lowBytes } = env();
  const freeBytes = await readFree(directory);
  await judgeCondition({
    name: "disk_low",
    host: await instanceId(),
    measurement: toMeasurement(freeBytes, { bad: lowBytes, good: lowBytes * DISK_CLEARED_AT }),
    delays: DISK_DELAYS,
    now,
    onRaised: () => ({
      kind: "disk_low",
      key: `disk_low ${hostname()} ${now.toISOString()}`,
      at: now,
      facts: { host: hostname(), directory, freeBytes, lowBytes },
    }),
    onCleared: () => null,
  });
}

/** Records a notice if the content store goes away or is back; see `STORE_DELAYS`. */
export async function watchContentStore(
  now: Date,
  probe: () => Promise<ContentState> = probeKnownContent,
): Promise<void> {
  const state = await probe();
  const facts = (since: Date) => ({
    host: hostname(),
    store: describeContentStore(),
    since: since.toISOString(),
  });
  await judgeCondition({
    name: "store_away",
    host: await instanceId(),
    measurement: state === "ok" ? "good" : "bad",
    delays: STORE_DELAYS,
    now,
    onRaised: (since) =>
      state === "ok"
        ? null
        : {
            kind: "store_away",
            key: `store_away ${hostname()} ${now.toISOString()}`,
            at: now,
            facts: { ...facts(since), problem: state },
          },
    onCleared: (since) => ({
      kind: "store_back",
      key: `store_back ${hostname()} ${now.toISOString()}`,
      at: now,
      facts: {
        ...facts(since),
        seconds: Math.round((now.getTime() - since.getTime()) / 1000),
      },
    }),
  });
}

/**
 * Records a notice if more phones than the threshold are in trouble with an update, and another one each time that their
 * number is four times as large.
 */
export async function watchTrouble(now: Date): Promise<void> {
  const threshold = env().PHONES_IN_TROUBLE_ALARM;
  if (threshold === 0 || !(await takeTurn("phones_in_trouble", TROUBLE_EVERY_MS, now))) {
    return;
  }
  const counts = await countPhonesInTrouble(now);
  const count = counts.neverCameBack + counts.fellBack + counts.otherVersion;
  const levels = TROUBLE_LEVELS.map((factor) => factor * threshold);
  const reached = levels.findLast((level) => count >= level);
  for (const level of levels) {
    await judgeCondition({
      name: `phones_in_trouble ${level}`,
      host: "all",
      // Many is bad, and few is good.
      measurement: toMeasurement(-count, { bad: 1 - level, good: -level * TROUBLE_CLEARED_AT }),
      delays: TROUBLE_DELAYS,
      now,
      onRaised: () =>
        level === reached
          ? {
              kind: "phones_in_trouble",
              key: `phones_in_trouble ${now.toISOString()}`,
              at: now,
              facts: { count, threshold: level, ...counts },
            }
          : null,
      onCleared: () => null,
    });
  }
}

/** Records one notice when a certificate is about to end, and one when it has ended. */
export async function watchCertificates(
  now: Date,
  { internal, external } = planTls(env()),
): Promise<void> {
  for (const side of [internal, external]) {
    const look = side === null ? null : await readCertificate(side.files, [side.minVersion]);
    if (side !== null && look?.kind === "good") {
      const { certificate } = look;
      const state = judgeExpiry(certificate, now);
      if (state === "expires_soon" || state === "expired") {
        await inTransaction((tx) =>
          recordNotice(tx, {
            kind: "certificate_ending",
            // Hosts and sides with the same certificate tell it once.
            key: `certificate_ending ${state} ${certificate.fingerprint}`,
            at: now,
            facts: {
              state,
              validTo: certificate.validTo.toISOString(),
              host: hostname(),
              file: side.files.certificate.path,
            },
          }),
        );
      }
    }
  }
}

/** Free bytes of the disk that a directory is on. */
async function freeBytesOf(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}

function toMeasurement(
  value: number,
  { bad, good }: { readonly bad: number; readonly good: number },
): Measurement {
  if (value < bad) {
    return "bad";
  }
  return value >= good ? "good" : "between";
}
