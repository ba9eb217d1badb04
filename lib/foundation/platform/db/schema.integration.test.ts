import { beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { Prisma } from "#generated/client";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";

beforeEach(async () => {
  await emptyTables();
});

async function checkOf(day: string): Promise<void> {
  await db.storedCheck.create({
    data: { at: new Date(day), senderId: 1, side: 1, dialect: 1, trigger: 0, content: {} },
  });
}

test.each(Object.values(Prisma.ModelName))(
  "the migrations give %s exactly the columns that the client reads",
  async (model) => {
    const fields: unknown = Reflect.get(Prisma, `${model}ScalarFieldEnum`);
    const expected = Object.keys(z.record(z.string(), z.string()).parse(fields));

    const columns = await db.$queryRaw<{ name: string }[]>`
      select column_name as name from information_schema.columns
       where table_schema = current_schema() and table_name = ${model}`;

    expect(columns.map(({ name }) => name).toSorted()).toEqual(expected.toSorted());
  },
);

test("stores a check in the partition of its day, and deletes it with that day", async () => {
  await db.$executeRaw`select ensure_device_check_days('2026-03-01'::date, '2026-03-03'::date)`;
  await db.$executeRaw`select ensure_device_check_days('2026-03-02'::date, '2026-03-04'::date)`;
  await checkOf("2026-03-01T23:59:59.999Z");
  await checkOf("2026-03-02T00:00:00.000Z");
  await checkOf("1999-01-01T00:00:00.000Z");

  const parts = await db.$queryRaw<{ name: string }[]>`
    select tableoid::regclass::text as name from "StoredCheck" order by "at"`;
  expect(parts.map(({ name }) => name)).toEqual([
    '"StoredCheck_default"',
    '"StoredCheck_20260301"',
    '"StoredCheck_20260302"',
  ]);

  await db.$executeRaw`select drop_device_check_days_before('2026-03-02'::date)`;
  const left = await db.deviceCheck.findMany();
  expect(left.map(({ at }) => at.toISOString())).toEqual(["2026-03-02T00:00:00.000Z"]);
});

test("refuses to change or delete audit events", async () => {
  await db.auditEntry.create({
    data: {
      at: new Date("2026-03-01T00:00:00Z"),
      actorKind: "person",
      actorName: "admin",
      action: "rule.reviewed",
      subjectKind: "rule",
      subjectId: "1",
      subjectName: "rule",
      facts: {},
      requestId: "r",
      previousHash: "",
      hash: "h",
    },
  });

  await expect(db.auditEntry.updateMany({ data: { reason: "better" } })).rejects.toThrow(
    "append-only",
  );
  await expect(db.auditEntry.deleteMany()).rejects.toThrow("append-only");
});
