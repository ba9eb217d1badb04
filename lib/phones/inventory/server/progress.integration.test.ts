import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import { aContext } from "#foundation/core/testing/contexts";
import { progressColumn } from "#fleet/devices/columns";
import type { FileDownload } from "#fleet/devices/model";
import type { CheckEvent, DownloadEvent, Progress } from "#fleet/devices/progress";
import type { ProgressState } from "#fleet/devices/progress-state";
import { nextProgress } from "#fleet/devices/progress";
import { PROGRESS_STATES } from "#fleet/devices/progress-state";
import { listDevices } from "#phones/inventory/server/list-devices";
import type { RecordOptions } from "#phones/check-log/testing/records";
import { aRecord, storeChecks, storeDownloads } from "#phones/check-log/testing/records";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";
import { aPool, anUpdate, importInto, sha256 } from "#firmware/rules/testing/rules";

const START = Date.parse("2026-11-22T08:00:00Z");
const TYPES = ["CPE", "Font"] as const;
const VERSIONS = ["1.0", "2.0", "3.0"] as const;
const SEARCH = {
  q: "",
  model: [],
  pool: [],
  site: [],
  state: [],
  progress: [],
  rollOut: "",
  rollOutState: [],
  sort: "address",
  order: "asc",
  page: 1,
} as const;

beforeEach(async () => {
  await emptyTables();
  const updates = TYPES.flatMap((updateType) =>
    VERSIONS.map((version) => {
      const content = imageOf(updateType, version);
      const files = [
        { role: "image", fileName: "a.nbt", sizeBytes: 100, sha256: content },
        { role: "signature", fileName: "a.cat", sizeBytes: 10, sha256: sha256(`${content} cat`) },
      ] as const;
      return anUpdate({ updateType, version, files });
    }),
  );
  await importInto([await aPool()], updates);
});

function imageOf(updateType: string, version: string): string {
  return sha256(`${updateType} ${version}`);
}

function minute(count: number): Date {
  return new Date(START + count * 60_000);
}

type Said = {
  readonly at: Date;
  readonly phone: number;
  readonly trigger: CheckEvent["trigger"];
  readonly runs: readonly string[];
  readonly wanted: readonly (string | null)[];
};

/** A check of one of the phones; it is offered the wanted version if it reports another one. */
function toOptions({ at, phone, trigger, runs, wanted }: Said) {
  return {
    at,
    trigger,
    serialNumber: `S${phone}`,
    address: `10.0.0.${phone}`,
    requested: TYPES.map((updateType, index) => ({
      updateType: updateType.toLowerCase(),
      fileName: "a.nbt",
      version: runs[index] ?? "",
      timestamp: null,
    })),
    offered: TYPES.flatMap((updateType, index) => {
      const version = wanted[index] ?? null;
      return version === null || version === runs[index]
        ? []
        : [{ updateType, version, channel: "approved" as const }];
    }),
  } satisfies RecordOptions;
}

function toCheckEvent(
  { trigger }: Pick<Said, "trigger">,
  { at, requested, offered }: ReturnType<typeof toOptions>,
): CheckEvent {
  return { kind: "check", at, trigger, installed: requested, offered };
}

type Loaded = Pick<DownloadEvent, "at" | "stage" | "updateType" | "version"> & {
  readonly phone: number;
};

function toDownload({ at, stage, updateType, version, phone }: Loaded): FileDownload {
  return aDownload({ at, stage, sha256: imageOf(updateType, version), address: `10.0.0.${phone}` });
}

function aDownload(overrides: Partial<FileDownload> = {}): FileDownload {
  return {
    at: minute(1),
    stage: "finished",
    address: "10.0.0.7",
    side: "internal",
    accountName: null,
    macAddress: null,
    sha256: imageOf("CPE", "2.0"),
    hardwareKey: "ucphone/polycom/cx600/a/enu",
    ...overrides,
  };
}

async function record(...checks: readonly RecordOptions[]): Promise<void> {
  await storeChecks(checks.map((options) => aRecord(options)));
}

async function storedProgress(serialNumber: string): Promise<Progress> {
  const { progress } = await db.device.findFirstOrThrow({ where: { serialNumber } });
  return progressColumn.parse(progress);
}

const version = fc.constantFrom(...VERSIONS);
const phone = fc.constantFrom(1, 2);
const said = fc.record({
  phone,
  trigger: fc.constantFrom("boot", "signin", "timer", null),
  runs: fc.tuple(fc.option(version, { nil: "" }), fc.option(version, { nil: "" })),
  wanted: fc.tuple(fc.option(version), fc.option(version)),
  /** Some phones repeat a check. */
  times: fc.constantFrom(1, 1, 1, 4),
});
const loaded = fc.record({
  phone,
  stage: fc.constantFrom("started" as const, "finished" as const),
  updateType: fc.constantFrom(...TYPES),
  version,
});
/** A batch, as the recorder writes it: checks in one statement, then downloads in another. */
const batches = fc.array(
  fc.record({
    checks: fc.array(said, { maxLength: 6 }),
    downloads: fc.array(loaded, { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 6 },
);

test("PostgreSQL computes the same as nextProgress, for any events and any batches", async () => {
  await fc.assert(
    fc.asyncProperty(batches, async (happened) => {
      await emptyTables("Device", "StoredCheck");
      const expected = new Map<number, Progress>();
      let count = 0;
      const tell = (of: number, event: CheckEvent | DownloadEvent) =>
        expected.set(of, nextProgress(expected.get(of) ?? new Map(), event));
      for (const batch of happened) {
        const records = batch.checks.flatMap((check) =>
          Array.from({ length: check.times }, () => ({
            of: check.phone,
            said: check,
            record: toOptions({ ...check, at: minute((count += 1)) }),
          })),
        );
        const downloads = batch.downloads
          .map((one) => ({ ...one, at: minute((count += 1)) }))
          // A phone checks before it downloads, so no other phone is known at the address.
          .filter((one) => expected.has(one.phone) || records.some(({ of }) => of === one.phone));

        await record(...records.map((one) => one.record));
        await storeDownloads(downloads.map(toDownload));

        for (const one of records) {
          tell(one.of, toCheckEvent(one.said, one.record));
        }
        for (const one of downloads) {
          tell(one.phone, { kind: "download", ...one });
        }
      }
      for (const [of, progress] of expected) {
        expect(sorted(await storedProgress(`S${of}`))).toEqual(sorted(progress));
      }
    }),
    { numRuns: 100 },
  );
});

function sorted(progress: Progress): readonly unknown[] {
  return [...progress].toSorted(([a], [b]) => a.localeCompare(b));
}

test("the list filters by the same progress state that it shows", async () => {
  const seen = new Set<ProgressState>();
  await fc.assert(
    fc.asyncProperty(batches, fc.integer({ min: 0, max: 3 * 24 * 60 }), async (run, later) => {
      await emptyTables("Device", "StoredCheck");
      let at = 0;
      for (const batch of run) {
        // Hours pass between checks, so that some intervals exceed half a day.
        await record(
          ...batch.checks.map((check) => toOptions({ ...check, at: minute((at += 200)) })),
        );
        await storeDownloads(
          batch.downloads.map((one) => toDownload({ ...one, at: minute((at += 1)) })),
        );
      }
      const context = aContext({ now: minute(at + later) });
      const { devices } = await listDevices(context, SEARCH);
      for (const state of PROGRESS_STATES) {
        const shown = devices.filter(({ progress }) => progress === state).map(({ id }) => id);
        const found = await listDevices(context, { ...SEARCH, progress: [state] });
        expect(found.devices.map(({ id }) => id)).toEqual(shown);
        expect(found.total).toBe(shown.length);
        if (shown.length > 0) {
          seen.add(state);
        }
      }
    }),
    { numRuns: 100, seed: 4711 },
  );
  expect([...seen].toSorted()).toEqual([...PROGRESS_STATES].toSorted());
});

const OFFERED = toOptions({
  at: minute(0),
  phone: 7,
  trigger: "boot",
  runs: ["1.0", "1.0"],
  wanted: ["2.0", null],
});

async function downloadedAt(serialNumber: string): Promise<Date | null> {
  return (await storedProgress(serialNumber)).get("cpe")?.downloadedAt ?? null;
}

test("assigns a download to the only phone that checked from this address and was offered this content", async () => {
  await record(OFFERED, { ...OFFERED, serialNumber: "elsewhere", address: "10.0.0.8" });

  await storeDownloads([aDownload()]);

  expect(await downloadedAt("S7")).toEqual(minute(1));
  expect(await downloadedAt("elsewhere")).toBeNull();
});

test.each([
  ["from another address", { address: "10.0.0.9" }],
  ["from the other side of the firewall", { side: "external" }],
  ["of another version", { sha256: imageOf("CPE", "3.0") }],
  ["of another kind of image", { sha256: imageOf("Font", "2.0") }],
  ["of only the signature", { sha256: sha256(`${imageOf("CPE", "2.0")} cat`) }],
  ["of content that no package has", { sha256: sha256("unheard of") }],
  ["for another model", { hardwareKey: "ucphone/polycom/cx500/a/enu" }],
  ["from before the offer", { at: minute(-1) }],
  ["with the credentials of another phone", { macAddress: "0004F2000999" }],
  ["with the credentials of another user", { accountName: "CONTOSO\\bert" }],
] as const)("a download %s is assigned to no phone", async (_, options) => {
  await record(OFFERED);

  await storeDownloads([aDownload(options)]);

  expect(await downloadedAt("S7")).toBeNull();
});

test("behind one address, a download that several phones could have made is assigned to none", async () => {
  await record(OFFERED, { ...OFFERED, serialNumber: "neighbour" });

  await storeDownloads([aDownload()]);

  expect(await downloadedAt("S7")).toBeNull();
  expect(await downloadedAt("neighbour")).toBeNull();
});

test("behind one address, credentials identify the phone of a download", async () => {
  const outside = { ...OFFERED, side: "external" as const };
  await record(
    { ...outside, serialNumber: "annas", userName: "CONTOSO\\Anna" },
    { ...outside, serialNumber: "berts", userName: "CONTOSO\\bert" },
    { ...outside, serialNumber: "bound", userName: "token", macAddress: "0004F2000176" },
  );

  await storeDownloads([
    aDownload({ side: "external", accountName: "contoso\\anna" }),
    aDownload({ side: "external", accountName: "token", macAddress: "0004F2000176" }),
  ]);

  expect(await downloadedAt("annas")).toEqual(minute(1));
  expect(await downloadedAt("bound")).toEqual(minute(1));
  expect(await downloadedAt("berts")).toBeNull();
});

test("does not assign a download to a phone at the same address that already runs the version", async () => {
  const neighbour = { ...OFFERED, serialNumber: "neighbour" };
  const runs = [{ updateType: "CPE", fileName: "a.nbt", version: "2.0", timestamp: null }];
  await record(OFFERED, neighbour, {
    ...neighbour,
    at: minute(0.5),
    requested: runs,
    offered: [],
  });

  await storeDownloads([aDownload()]);

  expect(await downloadedAt("S7")).toEqual(minute(1));
});

test("a delayed check does not overwrite newer facts", async () => {
  await record({ ...OFFERED, at: minute(5) });
  await record({ ...OFFERED, at: minute(2), offered: [] });

  expect((await storedProgress("S7")).get("cpe")?.offeredAt).toEqual(minute(5));
});

test("a phone without stored progress starts with its next check", async () => {
  await record(OFFERED);
  await db.device.updateMany({ data: { progress: {} } });

  await record({ ...OFFERED, at: minute(9), trigger: "timer" });

  expect((await storedProgress("S7")).get("cpe")?.offeredAt).toEqual(minute(9));
});
