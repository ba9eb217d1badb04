import "server-only";

import { z } from "zod";
import { foldCase } from "#foundation/core/fold-case";
import { AppError } from "#foundation/core/errors";
import type { Db } from "#foundation/platform/db/client";
import { isUniqueViolation } from "#foundation/platform/db/faults";
import { Prisma } from "#generated/client";

const columnsColumn = z.array(z.string()).readonly().nullable().catch(null);

const RELATIONS = { account: { select: { name: true } } } as const;
type ViewRow = Prisma.SavedViewGetPayload<{ include: typeof RELATIONS }>;

export type StoredView = {
  readonly id: string;
  readonly list: string;
  readonly name: string;
  readonly query: string;
  readonly columns: readonly string[] | null;
  readonly isShared: boolean;
  readonly ownerId: string;
  readonly ownerName: string;
};

/** The views of a list that a person may open: the own ones and the shared ones, by name. */
export async function findViews(
  db: Db,
  { accountId, list }: { readonly accountId: string; readonly list: string },
): Promise<readonly StoredView[]> {
  const rows = await db.savedView.findMany({
    where: { list, OR: [{ accountId }, { isShared: true }] },
    include: RELATIONS,
    orderBy: [{ nameKey: "asc" }, { id: "asc" }],
  });
  return rows.map(toView);
}

/** Reads a view and locks it until the transaction ends. */
export async function lockView(tx: Db, id: string): Promise<StoredView | null> {
  if (!z.uuid().safeParse(id).success) {
    return null;
  }
  await tx.$executeRaw`SELECT 1 FROM "SavedView" WHERE "id" = ${id}::uuid FOR UPDATE`;
  const row = await tx.savedView.findUnique({ where: { id }, include: RELATIONS });
  return row && toView(row);
}

export async function countViewsOf(db: Db, accountId: string): Promise<number> {
  return db.savedView.count({ where: { accountId } });
}

/** Throws `conflict` if the person has a view of this list with this name. */
export async function insertView(
  tx: Db,
  view: Omit<StoredView, "id" | "ownerName">,
): Promise<StoredView> {
  return refuseDuplicate(async () => {
    const row = await tx.savedView.create({
      data: {
        list: view.list,
        name: view.name,
        nameKey: foldCase(view.name),
        accountId: view.ownerId,
        isShared: view.isShared,
        query: view.query,
        columns: toColumn(view.columns),
      },
      include: RELATIONS,
    });
    return toView(row);
  });
}

/** Writes the fields of a view. Throws `conflict` if its owner has another one with this name. */
export async function updateView(tx: Db, view: StoredView): Promise<void> {
  await refuseDuplicate(() =>
    tx.savedView.update({
      where: { id: view.id },
      data: {
        name: view.name,
        nameKey: foldCase(view.name),
        isShared: view.isShared,
        query: view.query,
        columns: toColumn(view.columns),
      },
    }),
  );
}

export async function deleteView(tx: Db, id: string): Promise<void> {
  await tx.savedView.delete({ where: { id } });
}

/** The id of the view that a list opens with; null if there is none. */
export async function findDefaultView(
  db: Db,
  { accountId, list }: { readonly accountId: string; readonly list: string },
): Promise<string | null> {
  const row = await db.defaultView.findUnique({ where: { accountId_list: { accountId, list } } });
  return row?.viewId ?? null;
}

export async function putDefaultView(
  tx: Db,
  { accountId, list, viewId }: { accountId: string; list: string; viewId: string },
): Promise<void> {
  await tx.defaultView.upsert({
    where: { accountId_list: { accountId, list } },
    create: { accountId, list, viewId },
    update: { viewId },
  });
}

/** Removes the default of a person if it is this view. */
export async function deleteDefaultView(
  tx: Db,
  { accountId, viewId }: { readonly accountId: string; readonly viewId: string },
): Promise<void> {
  await tx.defaultView.deleteMany({ where: { accountId, viewId } });
}

/** Removes the defaults of all persons but one. */
export async function deleteDefaultsOfOthers(
  tx: Db,
  { accountId, viewId }: { readonly accountId: string; readonly viewId: string },
): Promise<void> {
  await tx.defaultView.deleteMany({ where: { viewId, accountId: { not: accountId } } });
}

async function refuseDuplicate<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (isUniqueViolation(error)) {
      throw new AppError("conflict", "You have a view with this name already.", { cause: error });
    }
    throw error;
  }
}

function toColumn(columns: readonly string[] | null) {
  return columns === null ? Prisma.DbNull : [...columns];
}

function toView(row: ViewRow): StoredView {
  return {
    id: row.id,
    list: row.list,
    name: row.name,
    query: row.query,
    columns: columnsColumn.parse(row.columns),
    isShared: row.isShared,
    ownerId: row.accountId,
    ownerName: row.account.name,
  };
}
