"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "#components/ui/toast";
import { PoolDialog } from "#components/pools/pool-dialog";
import { IconButton } from "#components/ui/button";
import { Menu, MenuItem } from "#components/ui/dropdown-menu";
import { changedFields } from "#components/forms/changed-fields";
import { ConfirmAction } from "#components/forms/confirm-action";
import { useActionForm } from "#components/forms/use-action-form";
import type { ActionResult } from "#access/auth/action-result";
import type { Pool } from "#fleet/pools/model";
import type { ChangePoolInput, CreatePoolInput, RemovePoolInput } from "#fleet/pools/schema";

export type PoolActions = {
  readonly changePool: (input: ChangePoolInput) => Promise<ActionResult<void>>;
  readonly removePool: (input: RemovePoolInput) => Promise<ActionResult<void>>;
};

type PoolMenuProps = {
  readonly pool: Pool;
  readonly siteNames: readonly string[];
  readonly actions: PoolActions;
};

/** The menu of a pool, with its dialogs. */
export function PoolMenu({ pool, siteNames, actions }: PoolMenuProps) {
  const t = useTranslations("pools.actions");
  const [question, setQuestion] = useState<"edit" | "makeDefault" | "remove" | null>(null);
  const close = () => setQuestion(null);
  return (
    <>
      <Menu
        trigger={
          <IconButton size="sm" label={t("menu", { pool: pool.fqdn })}>
            <Icon name="ellipsis" />
          </IconButton>
        }
      >
        <MenuItem icon={<Icon name="pencil" />} onSelect={() => setQuestion("edit")}>
          {t("edit")}
        </MenuItem>
        {!pool.isDefault && (
          <>
            <MenuItem icon={<Icon name="star" />} onSelect={() => setQuestion("makeDefault")}>
              {t("makeDefault")}
            </MenuItem>
            <MenuItem
              icon={<Icon name="trash-2" />}
              isDangerous
              onSelect={() => setQuestion("remove")}
            >
              {t("remove")}
            </MenuItem>
          </>
        )}
      </Menu>
      {question === "edit" && (
        <EditPool pool={pool} siteNames={siteNames} actions={actions} onClose={close} />
      )}
      {question === "makeDefault" && <MakeDefault pool={pool} actions={actions} onClose={close} />}
      {question === "remove" && <RemovePool pool={pool} actions={actions} onClose={close} />}
    </>
  );
}

function toFields(pool: Pool): CreatePoolInput {
  return {
    fqdn: pool.fqdn,
    siteName: pool.siteName,
    internalBaseUrl: pool.internalBaseUrl,
    externalBaseUrl: pool.externalBaseUrl,
    sipDomains: [...pool.sipDomains],
    isDefault: pool.isDefault,
    brake: pool.brake,
    brakePercent: pool.brakePercent,
    brakePhones: pool.brakePhones,
  };
}

type QuestionProps = {
  readonly pool: Pool;
  readonly actions: PoolActions;
  readonly onClose: () => void;
};

function EditPool({
  pool,
  siteNames,
  actions,
  onClose,
}: QuestionProps & { readonly siteNames: readonly string[] }) {
  const t = useTranslations("pools");
  const { isBusy, failure, submit } = useActionForm(actions.changePool);
  const [shown] = useState(() => toFields(pool));
  return (
    <PoolDialog
      title={t("edit.title", { pool: pool.fqdn })}
      submitLabel={t("edit.submit")}
      initial={shown}
      isDefaultFixed={pool.isDefault}
      siteNames={siteNames}
      isBusy={isBusy}
      failure={failure}
      onClose={onClose}
      onSubmit={(input) =>
        submit({ poolId: pool.id, ...changedFields(shown, input) }, () => {
          toast.success(t("changed"));
          onClose();
        })
      }
    />
  );
}

function MakeDefault({ pool, actions, onClose }: QuestionProps) {
  const t = useTranslations("pools");
  return (
    <ConfirmAction
      title={t("makeDefault.title", { pool: pool.fqdn })}
      description={t("makeDefault.description")}
      confirmLabel={t("actions.makeDefault")}
      action={actions.changePool}
      input={{ poolId: pool.id, isDefault: true }}
      failures={{ invalid_state: t("invalidState") }}
      onDone={() => toast.success(t("changed"))}
      onClose={onClose}
    />
  );
}

function RemovePool({ pool, actions, onClose }: QuestionProps) {
  const t = useTranslations("pools");
  return (
    <ConfirmAction
      title={t("remove.title", { pool: pool.fqdn })}
      description={t("remove.description")}
      confirmLabel={t("actions.remove")}
      isDangerous
      action={actions.removePool}
      input={{ poolId: pool.id }}
      failures={{ invalid_state: t("invalidState") }}
      onDone={() => toast.success(t("removed"))}
      onClose={onClose}
    />
  );
}
