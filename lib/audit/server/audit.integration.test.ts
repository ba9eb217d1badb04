import { beforeEach, expect, test } from "vitest";
import { listAuditEntries } from "#lib/audit/server/list-audit-entries";
import { recordAudit } from "#lib/audit/server/record-audit";
import { verifyAudit } from "#lib/audit/server/verify-audit";
import { aContext } from "#lib/core/testing/contexts";
import { db, inTransaction } from "#lib/platform/db/client";
import { emptyTables } from "#lib/platform/testing/database";

const EVERYTHING = { q: "", kind: [], subject: "", order: "desc", page: 1 } as const;

beforeEach(() => emptyTables());

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

/** As somebody with the database's own password would: the tables themselves refuse changes. */
async function tamper(sql: string): Promise<void> {
  await db.$transaction([
    db.$executeRaw`SET LOCAL session_replication_role = replica`,
    db.$executeRawUnsafe(sql),
  ]);
}

test("an untouched trail is intact", async () => {
  await record("one");
  await record("two");
  expect(await verifyAudit(aContext())).toEqual({ outcome: "intact", entries: 2 });
});

test("finds the entry whose content was changed", async () => {
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

test("finds the gap an entry left that was taken out", async () => {
  await record("one");
  await record("two");
  await record("three");
  await tamper(`DELETE FROM "AuditEntry" WHERE "id" = 2`);
  expect(await verifyAudit(aContext())).toMatchObject({ outcome: "broken", firstBrokenId: "3" });
});

test("a change that is rolled back leaves no entry", async () => {
  const failing = inTransaction(async (tx) => {
    await recordAudit(tx, aContext(), [
      { action: "site.created", subject: { kind: "site", id: "x", name: "x" }, facts: {} },
    ]);
    throw new Error("the change failed after it was recorded");
  });
  await expect(failing).rejects.toThrow("the change failed");
  expect(await db.auditEntry.count()).toBe(0);
});

test("entries written at the same time form one chain", async () => {
  await Promise.all(["a", "b", "c", "d", "e"].map((name) => record(name)));
  expect(await verifyAudit(aContext())).toEqual({ outcome: "intact", entries: 5 });
});

test("finds entries by what they say, newest first", async () => {
  await record("Lyon", "moved");
  await record("Nantes");
  const all = await listAuditEntries(aContext(), EVERYTHING);
  expect(all.entries.map((entry) => entry.subjectName)).toEqual(["Nantes", "Lyon"]);
  const found = await listAuditEntries(aContext(), { ...EVERYTHING, q: "MOVED" });
  expect(found).toMatchObject({ total: 1, entries: [{ subjectName: "Lyon" }] });
});
