import { beforeEach, expect, test } from "vitest";
import { aPackage, anUndescribedPackage } from "#firmware/imports/testing/packages";
import { emptyImports, importOf } from "#firmware/imports/testing/imports";
import { writeFindings } from "#firmware/files/server/write-findings";
import { reviewInput } from "#firmware/rules/schema";
import { reviewRules } from "#firmware/rules/server/review-rules";
import { undoReview } from "#firmware/rules/server/undo-review";
import {
  CX600,
  aPendingRule,
  aPool,
  act,
  anUpdate,
  anApprovedRule,
  importInto,
} from "#firmware/rules/testing/rules";
import { NOW, aContext } from "#foundation/core/testing/contexts";
import { judgeCondition } from "#foundation/notices/server/judge-condition";
import { recordDatabaseBack } from "#foundation/notices/server/record-database-back";
import { recordNotice } from "#foundation/notices/server/record-notice";
import { takeTurn } from "#foundation/notices/server/take-turn";
import { takeUntoldNotices } from "#foundation/notices/server/untold-notices";
import { forgetNotices } from "#foundation/notices/server/forget-notices";
import { db, inTransaction } from "#foundation/platform/db/client";
import { testEnvironment } from "#foundation/platform/testing/environment";
import { planTls } from "#foundation/platform/tls/plan";
import { createCertificateFolder } from "#foundation/platform/tls/testing/certificate-files";
import { createDatabaseWatch } from "#programs/server/watch-database";
import {
  watchCertificates,
  watchContentStore,
  watchDisk,
  watchTrouble,
} from "#programs/server/watch-conditions";

testEnvironment({ PHONES_IN_TROUBLE_ALARM: "2", LOG_STORE_FREE_BYTES: "1000" });

beforeEach(async () => {
  await emptyImports();
});

/** The recorded notices in order, as kind and facts. */
async function recorded() {
  return db.notice.findMany({ orderBy: { id: "asc" }, select: { kind: true, facts: true } });
}

async function recordedKinds(): Promise<readonly string[]> {
  return (await recorded()).map(({ kind }) => kind);
}

function later(seconds: number): Date {
  return new Date(NOW.getTime() + seconds * 1000);
}

test("records an action on many rules as one notice with their number and the first names", async () => {
  const pool = await aPool();
  const updates = Array.from({ length: 25 }, (_, index) =>
    anUpdate({ hardware: { ...CX600, model: `CX${index}` } }),
  );
  const rules = await importInto([pool], updates);
  const input = reviewInput.parse({
    action: "approve",
    reason: "tested",
    rules: rules.map(({ ruleId }) => ({ ruleId })),
  });

  const { changed } = await reviewRules(aContext({ name: "anna" }), input);

  expect(changed).toHaveLength(25);
  const [notice, ...others] = await recorded();
  expect(others).toEqual([]);
  expect(notice).toMatchObject({
    kind: "approval",
    facts: { by: "anna", reason: "tested", count: 25 },
  });
  expect(notice?.facts).toHaveProperty("rules.length", 20);
  expect(notice?.facts).toHaveProperty("rules.0.model", "CX0");
  expect(notice?.facts).toHaveProperty("rules.0.to", "4.0.7577.4387");
});

test("tells rejections and everything that takes a version back, and nothing for a skipped rule", async () => {
  const pool = await aPool();
  const ruleId = await anApprovedRule(pool, "1.0.0.0", "1.0.0.1");
  await db.notice.deleteMany();

  await aPendingRule(pool, "1.0.0.2");
  await act("reset", ruleId);
  await act("reset", ruleId);
  const { changed } = await act("restore", ruleId);
  await undoReview(aContext(), { eventId: changed[0]?.eventId ?? "", reason: "" });

  expect(await recorded()).toMatchObject([
    { kind: "rejection", facts: { count: 1, rules: [{ ruleId, from: "1.0.0.2", to: null }] } },
    {
      // Both in one request, as the contexts of tests are.
      kind: "restore",
      facts: {
        count: 2,
        rules: [
          { from: "1.0.0.1", to: "1.0.0.0" },
          { from: "1.0.0.0", to: "1.0.0.1" },
        ],
      },
    },
  ]);
});

test("records the end of an import, its failure and its question once each", async () => {
  await aPool();
  const done = await importOf(aPackage());
  const failed = await importOf(Buffer.from("no cabinet"));
  const waiting = await importOf(anUndescribedPackage());

  expect(await recorded()).toMatchObject([
    { kind: "import_done", facts: { importId: done.id, fileName: "UCUpdates.cab", created: 1 } },
    { kind: "import_failed", facts: { importId: failed.id, startedBy: "anna" } },
    { kind: "import_waiting", facts: { importId: waiting.id, question: "details", count: 1 } },
  ]);
});

test("records one notice for content problems that are found shortly after each other", async () => {
  const pool = await aPool();
  const updates = ["CX500", "CX600"].map((model) => anUpdate({ hardware: { ...CX600, model } }));
  await importInto([pool], updates);
  const digests = updates.map(({ files }) => files[0]?.sha256 ?? "");
  for (const sha256 of digests) {
    await db.blob.upsert({ where: { sha256 }, create: { sha256, sizeBytes: 1n }, update: {} });
  }
  const finding = { problem: "missing", file: null, at: NOW } as const;

  for (const sha256 of digests) {
    await writeFindings([[sha256, finding]]);
    await writeFindings([[sha256, finding]]);
  }

  expect(await recorded()).toMatchObject([
    {
      kind: "content_problem",
      facts: {
        count: 2,
        files: [
          { problem: "missing", fileName: "CPE.nbt", image: "ucphone/polycom/cx500/a/enu/cpe" },
          { problem: "missing", fileName: "CPE.nbt", image: "ucphone/polycom/cx600/a/enu/cpe" },
        ],
      },
    },
  ]);
});

test("tells a low disk once, and again only after it had enough space for ten minutes", async () => {
  const measure = async (seconds: number, freeBytes: number) => {
    await watchDisk(later(seconds), () => Promise.resolve(freeBytes));
  };
  await measure(0, 999);
  await measure(30, 999);
  expect(await recordedKinds()).toEqual([]);

  await measure(60, 999);
  await measure(90, 1100);
  await measure(120, 999);
  await measure(600, 2000);
  await measure(900, 999);
  await measure(1200, 999);
  expect(await recorded()).toMatchObject([
    { kind: "disk_low", facts: { freeBytes: 999, lowBytes: 1000 } },
  ]);

  await measure(2000, 2000);
  await measure(2600, 2000);
  await measure(3000, 999);
  await measure(3060, 999);
  expect(await recordedKinds()).toEqual(["disk_low", "disk_low"]);
});

test("tells that the content store is away and back, with the time of the outage", async () => {
  const state = { word: "unwritable" as "ok" | "unwritable" };
  const measure = (seconds: number) =>
    watchContentStore(later(seconds), () => Promise.resolve(state.word));
  await measure(0);
  await measure(30);
  await measure(60);
  state.word = "ok";
  await measure(90);
  await measure(150);

  const since = NOW.toISOString();
  expect(await recorded()).toMatchObject([
    { kind: "store_away", facts: { problem: "unwritable", since } },
    { kind: "store_back", facts: { since, seconds: 150 } },
  ]);
});

test("a new installation without content does not lack its content store", async () => {
  for (const seconds of [0, 60, 120]) {
    await watchContentStore(later(seconds));
  }
  expect(await recordedKinds()).toEqual([]);
});

test("hosts that see the same condition tell it once, the first and the last one", async () => {
  const told: string[] = [];
  const measure = (host: string, seconds: number, measurement: "bad" | "good") => {
    const note = (word: string) => () => {
      told.push(`${word} by ${host}`);
      return null;
    };
    return judgeCondition({
      name: "store_away",
      host,
      measurement,
      delays: { raiseAfterMs: 0, clearAfterMs: 0 },
      now: later(seconds),
      onRaised: note("away"),
      onCleared: note("back"),
    });
  };
  await measure("one", 0, "bad");
  await measure("two", 1, "bad");
  await measure("one", 30, "good");
  await measure("two", 31, "good");
  expect(told).toEqual(["away by one", "back by two"]);

  await measure("one", 60, "bad");
  // The first host was lost: it no longer counts.
  await measure("two", 1000, "bad");
  expect(told).toEqual(["away by one", "back by two", "away by one", "away by two"]);
});

test("tells phones in trouble above the threshold once, and again at four times as many", async () => {
  const day = 86_400_000;
  const addPhones = async (from: number, to: number) => {
    for (let index = from; index < to; index += 1) {
      await db.device.create({ data: aFallenPhone(index) });
    }
  };
  const later5 = (steps: number) => new Date(NOW.getTime() + steps * 300_000);
  await addPhones(0, 1);
  await db.device.create({ data: { ...aFallenPhone(100), retiredAt: NOW } });
  await watchTrouble(later5(0));
  expect(await recordedKinds()).toEqual([]);

  await addPhones(1, 3);
  await watchTrouble(later5(1));
  await watchTrouble(new Date(later5(1).getTime() + 1000));
  await watchTrouble(later5(2));
  await addPhones(3, 9);
  await watchTrouble(later5(3));

  expect(await recorded()).toMatchObject([
    { kind: "phones_in_trouble", facts: { count: 3, threshold: 2, fellBack: 3 } },
    { kind: "phones_in_trouble", facts: { count: 9, threshold: 8, fellBack: 9 } },
  ]);

  function aFallenPhone(index: number) {
    return {
      deviceKey: `mac:${index}`,
      ...CX600,
      hardwareKey: "ucphone/polycom/cx600/a/enu",
      address: "10.0.0.1",
      side: "internal",
      installed: [],
      offered: [],
      judgements: [],
      outcome: "updates_offered",
      trigger: "boot",
      firstSeenAt: NOW,
      lastSeenAt: NOW,
      progress: {
        cpe: {
          updateType: "CPE",
          version: "2.0",
          offeredAt: NOW.getTime() - 3 * day,
          downloadedAt: NOW.getTime() - 2 * day,
          lastDownloadedAt: NOW.getTime() - 2 * day,
        },
      },
    };
  }
});

test("tells the end of a certificate when it comes near and when it is reached, once each", async () => {
  const folder = await createCertificateFolder();
  try {
    const { certificateFile, keyFile } = folder;
    const plan = planTls({
      TLS_CERTIFICATE_FILE: certificateFile,
      TLS_KEY_FILE: keyFile,
      TLS_MIN_VERSION: "TLSv1.2",
      EXTERNAL_PORT: 1,
    });
    const watch = async (days: number) => {
      await watchCertificates(new Date(Date.now() + days * 86_400_000), plan);
    };
    await watch(0);
    expect(await recordedKinds()).toEqual([]);

    for (const days of [70, 80, 91, 100]) {
      await watch(days);
    }
    expect(await recorded()).toMatchObject([
      { kind: "certificate_ending", facts: { state: "expires_soon", file: certificateFile } },
      { kind: "certificate_ending", facts: { state: "expired", file: certificateFile } },
    ]);

    await folder.replace("renaming", await folder.issue());
    await watch(75);
    expect(await recordedKinds()).toHaveLength(3);
  } finally {
    await folder.remove();
  }
});

test("tells an outage of the database after a minute, once, and its end when it can be stored", async () => {
  const said: string[] = [];
  const state = { isAnswering: true, canStore: false };
  const step = createDatabaseWatch({
    isAnswering: () => Promise.resolve(state.isAnswering),
    onAway: (since) => {
      said.push(`away since ${(since.getTime() - NOW.getTime()) / 1000}`);
      return Promise.resolve();
    },
    onBack: ({ since, until }) => {
      said.push(`back after ${(until.getTime() - since.getTime()) / 1000}`);
      return state.canStore ? Promise.resolve() : Promise.reject(new Error("away again"));
    },
  });
  await step(later(0));
  state.isAnswering = false;
  await step(later(5));
  await step(later(60));
  expect(said).toEqual([]);
  await step(later(65));
  await step(later(70));
  state.isAnswering = true;
  await expect(step(later(100))).rejects.toThrow("away again");
  state.canStore = true;
  await step(later(105));
  await step(later(110));

  expect(said).toEqual(["away since 5", "back after 95", "back after 100"]);
});

test("records an outage of the database once for all hosts", async () => {
  const outage = { since: later(0), until: later(90) };
  await recordDatabaseBack({ ...outage, host: "one" });
  await recordDatabaseBack({ ...outage, since: later(2), host: "two" });
  await recordDatabaseBack({ since: later(500), until: later(600), host: "two" });

  expect(await recorded()).toMatchObject([
    { kind: "database_back", facts: { host: "one", seconds: 90 } },
    { kind: "database_back", facts: { host: "two", seconds: 100 } },
  ]);
});

test("takes each settled notice once, also with two processes, and none that is not committed", async () => {
  const facts = { host: "one", since: NOW.toISOString(), seconds: 1 };
  const content = { kind: "database_back", at: NOW, facts } as const;
  const add = (key: string) => inTransaction((tx) => recordNotice(tx, { ...content, key }));
  expect([await add("a"), await add("b"), await add("a")]).toEqual([true, true, false]);
  await expect(
    inTransaction(async (tx) => {
      await recordNotice(tx, { ...content, key: "c" });
      throw new Error("no");
    }),
  ).rejects.toThrow("no");

  const taken = await inTransaction(async (tx) => {
    const first = await takeUntoldNotices(tx, later(1));
    const second = await inTransaction((other) => takeUntoldNotices(other, later(1)));
    return [first.length, second.length];
  });
  expect(taken).toEqual([2, 0]);
});

test("tells parts of one event together after they have settled, and later parts on their own", async () => {
  const pool = await aPool();
  const ruleId = await anApprovedRule(pool, "1.0.0.0");
  const now = new Date();
  const take = (at: Date) => inTransaction((tx) => takeUntoldNotices(tx, at));

  expect(await take(now)).toEqual([]);
  const told = await take(new Date(now.getTime() + 10_000));
  await aPendingRule(pool, "1.0.0.1");
  await act("approve", ruleId);
  expect(told).toHaveLength(1);
  expect(await take(new Date(now.getTime() + 60_000))).toHaveLength(1);
});

test("one process takes a turn", async () => {
  const turns = [
    await takeTurn("count", 60_000, later(0)),
    await takeTurn("count", 60_000, later(59)),
    await takeTurn("count", 60_000, later(60)),
    await takeTurn("other", 60_000, later(60)),
  ];
  expect(turns).toEqual([true, false, true, true]);
});

test("forgets notices after 90 days", async () => {
  const facts = { host: "one", since: NOW.toISOString(), seconds: 1 };
  await inTransaction((tx) =>
    recordNotice(tx, { kind: "database_back", key: "a", at: NOW, facts }),
  );
  await forgetNotices(later(90 * 86_400 - 1));
  expect(await recordedKinds()).toEqual(["database_back"]);
  await forgetNotices(later(90 * 86_400 + 1));
  expect(await recordedKinds()).toEqual([]);
});
