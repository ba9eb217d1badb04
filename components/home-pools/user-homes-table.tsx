"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import type { ReactNode } from "react";
import { toast } from "#components/ui/toast";
import { DataTable } from "#components/data-table/data-table";
import { columnsOf } from "#components/data-table/features";
import { useTableSearch } from "#components/data-table/use-table-search";
import { UserHomeDialog } from "#components/home-pools/user-home-form";
import type { SetUserHome } from "#components/home-pools/user-home-form";
import { IconButton } from "#components/ui/button";
import { Code } from "#components/ui/code";
import { Menu, MenuItem } from "#components/ui/dropdown-menu";
import { EmptyState } from "#components/ui/empty-state";
import { Instant } from "#components/ui/instant";
import { ConfirmAction } from "#components/forms/confirm-action";
import type { ActionResult } from "#access/auth/action-result";
import type { UserHome } from "#phones/home-pools/model";
import type { RemoveUserHomesInput } from "#phones/home-pools/schema";
import { userHomeSearchParams } from "#phones/home-pools/search-params";

type RemoveUserHomes = (
  input: RemoveUserHomesInput,
) => Promise<ActionResult<{ readonly removed: number }>>;

type UserHomesTableProps = {
  readonly rows: readonly UserHome[];
  readonly total: number;
  readonly page: number;
  readonly poolNames: readonly string[];
  /** Null if the user has only read access. */
  readonly actions: {
    readonly setUserHome: SetUserHome;
    readonly removeUserHomes: RemoveUserHomes;
  } | null;
  readonly emptyActions: ReactNode;
};

type Question = { readonly what: "change" | "remove"; readonly userHome: UserHome };

const column = columnsOf<UserHome>();

export function UserHomesTable({
  rows,
  total,
  page,
  poolNames,
  actions,
  emptyActions,
}: UserHomesTableProps) {
  const t = useTranslations("homes");
  const search = useTableSearch(userHomeSearchParams);
  const [question, setQuestion] = useState<Question | null>(null);
  const columns = useUserHomeColumns(actions === null ? null : setQuestion);
  const close = (): void => setQuestion(null);
  return (
    <>
      <DataTable
        name="user-homes"
        exportPath="/api/exports/user-homes"
        caption={t("caption")}
        columns={columns}
        rows={rows}
        total={total}
        page={page}
        rowId={({ sipAddress }) => sipAddress}
        rowName={({ sipAddress }) => sipAddress}
        search={search}
        searchLabel={t("search")}
        empty={
          <EmptyState
            icon={<Icon name="house" />}
            title={t("empty.title")}
            description={t("empty.description")}
            actions={emptyActions}
          />
        }
      />
      {actions !== null && question?.what === "change" && (
        <UserHomeDialog
          userHome={question.userHome}
          poolNames={poolNames}
          setUserHome={actions.setUserHome}
          onClose={close}
        />
      )}
      {actions !== null && question?.what === "remove" && (
        <RemoveUserHome
          userHome={question.userHome}
          removeUserHomes={actions.removeUserHomes}
          onClose={close}
        />
      )}
    </>
  );
}

function useUserHomeColumns(ask: ((question: Question) => void) | null) {
  const t = useTranslations("homes");
  return useMemo(
    () =>
      column.columns([
        column.accessor(({ sipAddress }) => sipAddress, {
          id: "sipAddress",
          header: t("columns.sipAddress"),
          meta: { isRowHeader: true, isSortable: true },
        }),
        column.display({
          id: "pool",
          header: t("columns.pool"),
          meta: { isSortable: true },
          cell: ({ row }) => <Code isBreaking>{row.original.poolFqdn}</Code>,
        }),
        column.accessor(({ userName }) => userName || "–", {
          id: "userName",
          header: t("columns.userName"),
          meta: { isSortable: true },
        }),
        column.display({
          id: "updatedAt",
          header: t("columns.updatedAt"),
          meta: { isSortable: true },
          cell: ({ row }) => <Instant date={row.original.updatedAt} />,
        }),
        column.accessor(({ updatedBy }) => updatedBy, {
          id: "updatedBy",
          header: t("columns.updatedBy"),
        }),
        ...(ask === null
          ? []
          : [
              column.display({
                id: "menu",
                header: t("columns.menu"),
                enableHiding: false,
                meta: { onNarrow: "corner" },
                cell: ({ row }) => <UserHomeMenu userHome={row.original} ask={ask} />,
              }),
            ]),
      ]),
    [t, ask],
  );
}

type UserHomeMenuProps = {
  readonly userHome: UserHome;
  readonly ask: (question: Question) => void;
};

function UserHomeMenu({ userHome, ask }: UserHomeMenuProps) {
  const t = useTranslations("homes.actions");
  return (
    <Menu
      trigger={
        <IconButton size="sm" label={t("menu", { user: userHome.sipAddress })}>
          <Icon name="ellipsis" />
        </IconButton>
      }
    >
      <MenuItem icon={<Icon name="pencil" />} onSelect={() => ask({ what: "change", userHome })}>
        {t("change")}
      </MenuItem>
      <MenuItem
        icon={<Icon name="trash-2" />}
        isDangerous
        onSelect={() => ask({ what: "remove", userHome })}
      >
        {t("remove")}
      </MenuItem>
    </Menu>
  );
}

type RemoveUserHomeProps = {
  readonly userHome: UserHome;
  readonly removeUserHomes: RemoveUserHomes;
  readonly onClose: () => void;
};

function RemoveUserHome({ userHome, removeUserHomes, onClose }: RemoveUserHomeProps) {
  const t = useTranslations("homes");
  return (
    <ConfirmAction
      title={t("remove.title", { count: 1 })}
      description={t("remove.description")}
      confirmLabel={t("actions.remove")}
      isDangerous
      action={removeUserHomes}
      input={{ sipAddresses: [userHome.sipAddress] }}
      onDone={({ removed }) => toast.success(t("removed", { count: removed }))}
      onClose={onClose}
    >
      <p className="text-[0.8125rem]">{userHome.sipAddress}</p>
    </ConfirmAction>
  );
}
