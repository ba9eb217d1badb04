import { beforeEach, expect, test } from "vitest";
import type { Role } from "#foundation/core/permissions";
import { aContext } from "#foundation/core/testing/contexts";
import { parseInput } from "#foundation/core/parse-input";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";
import type { CreateViewInput } from "#access/saved-views/schema";
import { changeViewInput, createViewInput } from "#access/saved-views/schema";
import type { ChangeViewInput } from "#access/saved-views/schema";
import { changeSavedView } from "#access/saved-views/server/change-saved-view";
import { createSavedView } from "#access/saved-views/server/create-saved-view";
import { listSavedViews } from "#access/saved-views/server/list-saved-views";
import { removeSavedView } from "#access/saved-views/server/remove-saved-view";

beforeEach(async () => {
  await emptyTables();
});

async function aPerson(name: string, role: Role): Promise<UseCaseContext> {
  const { id } = await db.account.create({
    data: { name, nameKey: name, passwordHash: "", role },
  });
  const context = aContext({ name, role });
  return { ...context, actor: { ...context.actor, id } };
}

function save(context: UseCaseContext, fields: Partial<CreateViewInput> = {}) {
  const input = { list: "devices", name: "Due in Berlin", query: "state=update_due", ...fields };
  return createSavedView(context, parseInput(createViewInput, input));
}

function change(context: UseCaseContext, id: string, fields: ChangeViewInput) {
  return changeSavedView(context, id, parseInput(changeViewInput, fields));
}

async function views(context: UseCaseContext, list = "devices") {
  return (await listSavedViews(context, { list })).views;
}

test("keeps the query without the page, and the columns, for its owner and its list only", async () => {
  const anna = await aPerson("anna", "viewer");
  const ben = await aPerson("ben", "administrator");
  await save(anna, { query: "state=update_due&page=7&size=25", columns: ["model", "version"] });

  expect(await views(anna)).toMatchObject([
    {
      name: "Due in Berlin",
      query: "state=update_due&size=25",
      columns: ["model", "version"],
      isShared: false,
      isChangeable: true,
      isDefault: false,
    },
  ]);
  expect(await views(anna, "rules")).toEqual([]);
  expect(await views(ben)).toEqual([]);
});

test.each([
  ["name", { name: "Berlin\0" }],
  ["query", { query: "q=\uD800" }],
  ["columns.0", { columns: ["model\0"] }],
])("refuses a %s that PostgreSQL cannot store", async (path, fields) => {
  const anna = await aPerson("anna", "viewer");
  expect(() => save(anna, { ...fields })).toThrow(
    expect.objectContaining({ code: "invalid_input", fields: [expect.objectContaining({ path })] }),
  );
});

test("shares a view with everyone, which needs a permission", async () => {
  const viewer = await aPerson("vera", "viewer");
  const operator = await aPerson("otto", "operator");
  await expect(save(viewer, { isShared: true })).rejects.toMatchObject({ code: "forbidden" });
  const { id } = await save(viewer, { name: "mine" });
  await expect(change(viewer, id, { isShared: true })).rejects.toMatchObject({ code: "forbidden" });

  const shared = await save(operator, { isShared: true });

  expect(await views(viewer)).toMatchObject([
    { name: "Due in Berlin", ownerName: "otto", isShared: true, isChangeable: false },
    { name: "mine", isChangeable: true },
  ]);
  await expect(change(viewer, shared.id, { name: "other" })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(removeSavedView(viewer, shared.id)).rejects.toMatchObject({ code: "forbidden" });
});

test("records who shares a view and who ends that, and nothing of private views", async () => {
  const anna = await aPerson("anna", "operator");
  const ben = await aPerson("ben", "administrator");
  const { id } = await save(anna);
  await change(anna, id, { name: "Berlin" });
  await change(anna, id, { isShared: true });
  await change(ben, id, { name: "Potsdam" });
  await change(ben, id, { isShared: false });
  await save(anna, { name: "at once", isShared: true });
  const [last] = (await views(ben)).map((view) => view.id);
  await removeSavedView(ben, last ?? "");

  const entries = await db.auditEntry.findMany({ orderBy: { id: "asc" } });
  expect(
    entries.map(({ action, actorName, subjectName, facts }) => [
      action,
      actorName,
      subjectName,
      facts,
    ]),
  ).toEqual([
    ["view.shared", "anna", "Berlin", { account: "anna" }],
    ["view.unshared", "ben", "Potsdam", { account: "anna" }],
    ["view.shared", "anna", "at once", { account: "anna" }],
    ["view.unshared", "ben", "at once", { account: "anna" }],
  ]);
});

test("hides a private view from others, also from those who guess its id", async () => {
  const anna = await aPerson("anna", "administrator");
  const ben = await aPerson("ben", "administrator");
  const { id } = await save(anna);
  await expect(change(ben, id, { isDefault: true })).rejects.toMatchObject({ code: "not_found" });
  await expect(removeSavedView(ben, id)).rejects.toMatchObject({ code: "not_found" });
  await expect(change(ben, "nothing", { name: "x" })).rejects.toMatchObject({ code: "not_found" });
});

test("renames and replaces a view, and refuses a second one with the same name", async () => {
  const anna = await aPerson("anna", "viewer");
  const { id } = await save(anna);
  await save(anna, { name: "Other" });
  await expect(save(anna, { name: "due in BERLIN" })).rejects.toMatchObject({ code: "conflict" });
  await expect(change(anna, id, { name: "OTHER" })).rejects.toMatchObject({ code: "conflict" });

  await change(anna, id, { name: "Berlin", query: "model=CX600", columns: null });

  expect((await views(anna))[0]).toMatchObject({
    name: "Berlin",
    query: "model=CX600",
    columns: null,
  });
});

test("gives each person one default view of a list, which ends when the view is no longer shared", async () => {
  const anna = await aPerson("anna", "operator");
  const ben = await aPerson("ben", "viewer");
  const first = await save(anna, { name: "first", isShared: true });
  const second = await save(anna, { name: "second", isShared: true });
  for (const { id } of [first, second]) {
    await change(anna, id, { isDefault: true });
  }
  await change(ben, first.id, { isDefault: true });
  expect((await views(anna)).map(({ isDefault }) => isDefault)).toEqual([false, true]);
  expect((await views(ben)).map(({ isDefault }) => isDefault)).toEqual([true, false]);

  await change(anna, first.id, { isShared: false });
  await removeSavedView(anna, second.id);

  expect(await views(ben)).toEqual([]);
  expect(await db.defaultView.count()).toBe(0);
  expect((await views(anna)).map(({ name }) => name)).toEqual(["first"]);
});

test("refuses callers without an account", async () => {
  await expect(save(aContext())).rejects.toMatchObject({ code: "forbidden" });
});
