import { rm, readFile, writeFile } from "node:fs/promises";
import { afterAll, beforeEach, expect, test } from "vitest";
import { acceptAuditEnd } from "#foundation/audit/server/accept-audit-end";
import { listAuditEntries } from "#foundation/audit/server/list-audit-entries";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { startAnchor } from "#foundation/audit/server/start-anchor";
import { verifyAudit } from "#foundation/audit/server/verify-audit";
import { anchorPath, removeAnchor } from "#foundation/audit/testing/anchor";
import { aContext } from "#foundation/core/testing/contexts";
import { db, inTransaction } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";

const EVERYTHING = { q: "", kind: [], subject: "", order: "desc", page: 1 } as const;

beforeEach(async () => {
  await emptyTables();
  await removeAnchor();
});

afterAll(removeAnchor);

function record(name: string, reason = ""): Promise<void> {
  return inTransaction((tx) =>
    recordAudit(tx, aContext(), [
      {
        action: "site.created",
        subject: { kind: "site", id: name, name },
        facts: { zeta: 1, alpha: ["b", "a"], none: null },
        reason,
      },
    ]),
  );
}

/** Changes entries with the rights of a database superuser: triggers refuse changes to other users. */
async function tamper(sql: string): Promise<void> {
  await db.$transaction([
    db.$executeRaw`SET LOCAL session_replication_role = replica`,
    db.$executeRawUnsafe(sql),
  ]);
}

test("reports an unchanged audit as intact", async () => {
  await record("one");
  await record("two");
  expect(await verifyAudit(aContext())).toEqual({ outcome: "intact", entries: 2 });
});

test("finds an entry whose content was changed", async () => {
  await record("one");
  await record("two");
  await record("three");
  await tamper(`UPDATE "AuditEntry" SET "actorName" = 'mallory' WHERE "id" = 2`);
  expect(await verifyAudit(aContext())).toEqual({
    outcome: "broken",
    entries: 1,
    firstBrokenId: "2",
  });
});

test("finds the gap of a deleted entry", async () => {
  await record("one");
  await record("two");
  await record("three");
  await tamper(`DELETE FROM "AuditEntry" WHERE "id" = 2`);
  expect(await verifyAudit(aContext())).toMatchObject({ outcome: "broken", firstBrokenId: "3" });
});

test("leaves no entry for a change that is rolled back", async () => {
  const failing = inTransaction(async (tx) => {
    await recordAudit(tx, aContext(), [
      { action: "site.created", subject: { kind: "site", id: "x", name: "x" }, facts: {} },
    ]);
    throw new Error("the change failed after it was recorded");
  });
  await expect(failing).rejects.toThrow("the change failed");
  expect(await db.auditEntry.count()).toBe(0);
});

test("chains entries that are written concurrently", async () => {
  await Promise.all(["a", "b", "c", "d", "e"].map((name) => record(name)));
  expect(await verifyAudit(aContext())).toEqual({ outcome: "intact", entries: 5 });
});

test("finds entries by their text, newest first", async () => {
  await record("Lyon", "moved");
  await record("Nantes");
  const all = await listAuditEntries(aContext(), EVERYTHING);
  expect(all.entries.map((entry) => entry.subjectName)).toEqual(["Nantes", "Lyon"]);
  const found = await listAuditEntries(aContext(), { ...EVERYTHING, q: "MOVED" });
  expect(found).toMatchObject({ total: 1, entries: [{ subjectName: "Lyon" }] });
});

test("detects that the newest entries were deleted, also after new ones were added", async () => {
  await startAnchor(new Date());
  await record("one");
  await record("two");
  await tamper(`DELETE FROM "AuditEntry" WHERE "id" > 2`);
  const cutOff = { outcome: "cut_off", anchor: { entries: 3, lastId: "3" } };
  expect(await verifyAudit(aContext())).toMatchObject({ ...cutOff, entries: 2 });
  await record("three");
  await record("four");
  await startAnchor(new Date());
  expect(await verifyAudit(aContext())).toMatchObject({ ...cutOff, entries: 4 });
});

test("detects that all entries were replaced by others", async () => {
  await startAnchor(new Date());
  await record("one");
  await emptyTables();
  await record("one");
  await record("two");
  expect(await verifyAudit(aContext())).toMatchObject({ outcome: "cut_off", entries: 2 });
});

test("advances an anchor that a crash left behind at the next start", async () => {
  await startAnchor(new Date());
  const before = await readFile(anchorPath(), "utf8");
  await record("one");
  const after = await readFile(anchorPath(), "utf8");
  expect(JSON.parse(after)).toMatchObject({ entries: 2, lastId: "2" });
  await writeFile(anchorPath(), before);
  expect(await verifyAudit(aContext())).toEqual({ outcome: "intact", entries: 2 });
  await startAnchor(new Date());
  expect(await readFile(anchorPath(), "utf8")).toBe(after);
});

test("advances the anchor for entries that are written concurrently", async () => {
  await startAnchor(new Date());
  await Promise.all(["a", "b", "c", "d", "e"].map((name) => record(name)));
  const last = await db.auditEntry.findFirstOrThrow({ orderBy: { id: "desc" } });
  expect(JSON.parse(await readFile(anchorPath(), "utf8"))).toEqual({
    entries: 6,
    lastId: last.id.toString(),
    hash: last.hash,
  });
});

test("keeps the anchor when a change is rolled back", async () => {
  await startAnchor(new Date());
  const before = await readFile(anchorPath(), "utf8");
  const failing = inTransaction(async (tx) => {
    await recordAudit(tx, aContext(), [
      { action: "site.created", subject: { kind: "site", id: "x", name: "x" }, facts: {} },
    ]);
    throw new Error("the change failed after it was recorded");
  });
  await expect(failing).rejects.toThrow("the change failed");
  expect(await readFile(anchorPath(), "utf8")).toBe(before);
});

test.each([
  { loss: "removed", lose: () => rm(anchorPath()) },
  { loss: "damaged", lose: () => writeFile(anchorPath(), '{"entries":1') },
])("reports an anchor that was $loss, and does not replace it silently", async ({ lose }) => {
  await startAnchor(new Date());
  await record("one");
  await lose();
  await startAnchor(new Date());
  await record("two");
  expect(await verifyAudit(aContext())).toEqual({ outcome: "anchor_lost", entries: 3 });
  await acceptAuditEnd(aContext(), { reason: "the disk was replaced" });
  expect(await verifyAudit(aContext())).toEqual({ outcome: "intact", entries: 4 });
});

test("lets an administrator accept the end after a restore, and audits it", async () => {
  await startAnchor(new Date());
  await record("one");
  await tamper(`DELETE FROM "AuditEntry" WHERE "id" > 1`);
  const operator = aContext({ role: "operator" });
  await expect(acceptAuditEnd(operator, { reason: "restored" })).rejects.toMatchObject({
    code: "forbidden",
  });
  await acceptAuditEnd(aContext(), { reason: "back-up restored" });
  expect(await verifyAudit(aContext())).toEqual({ outcome: "intact", entries: 2 });
  const { entries } = await listAuditEntries(aContext(), EVERYTHING);
  expect(entries[0]).toMatchObject({
    action: "audit.anchored",
    actorName: "anna",
    reason: "back-up restored",
    facts: { entries: 1, anchoredEntries: 2 },
  });
  await record("two");
  await tamper(`DELETE FROM "AuditEntry" WHERE "subjectName" = 'two'`);
  expect(await verifyAudit(aContext())).toMatchObject({ outcome: "cut_off" });
});

test("refuses to accept an intact audit and a broken one", async () => {
  await startAnchor(new Date());
  await record("one");
  const acceptance = () => acceptAuditEnd(aContext(), { reason: "because" });
  await expect(acceptance()).rejects.toMatchObject({ code: "invalid_state" });
  await tamper(`UPDATE "AuditEntry" SET "actorName" = 'mallory' WHERE "id" = 1`);
  await expect(acceptance()).rejects.toMatchObject({ code: "invalid_state" });
});
