"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "#components/ui/toast";
import { ChangePassword, ChangeRole } from "#components/settings/change-account";
import { IconButton } from "#components/ui/button";
import { Menu, MenuItem } from "#components/ui/dropdown-menu";
import { ConfirmAction } from "#components/forms/confirm-action";
import { useActionForm } from "#components/forms/use-action-form";
import { useFailureMessage } from "#components/ui/use-failure-text";
import type { Account } from "#access/accounts/model";
import type { ChangeAccountInput, RemoveAccountInput } from "#access/accounts/schema";
import type { ActionResult } from "#access/auth/action-result";

export type AccountActions = {
  readonly changeAccount: (input: ChangeAccountInput) => Promise<ActionResult<void>>;
  readonly removeAccount: (input: RemoveAccountInput) => Promise<ActionResult<void>>;
};

type AccountMenuProps = { readonly account: Account; readonly actions: AccountActions };

/** The menu of an account, with its dialogs. */
export function AccountMenu({ account, actions }: AccountMenuProps) {
  const t = useTranslations("settings.accounts");
  const failureMessage = useFailureMessage();
  const enabling = useActionForm(actions.changeAccount);
  const [question, setQuestion] = useState<"role" | "password" | "disable" | "remove" | null>(null);
  const close = () => setQuestion(null);

  // Enabling an account takes nothing away, so it needs no confirmation.
  function enable() {
    enabling.submit({ accountId: account.id, isEnabled: true }, () => toast.success(t("changed")));
  }

  return (
    <>
      <Menu
        trigger={
          <IconButton size="sm" label={t("actions.menu", { name: account.name })}>
            <Icon name="ellipsis" />
          </IconButton>
        }
      >
        <MenuItem icon={<Icon name="user-cog" />} onSelect={() => setQuestion("role")}>
          {t("actions.role")}
        </MenuItem>
        <MenuItem icon={<Icon name="key-round" />} onSelect={() => setQuestion("password")}>
          {t("actions.setPassword")}
        </MenuItem>
        {account.isEnabled ? (
          <MenuItem icon={<Icon name="circle-slash" />} onSelect={() => setQuestion("disable")}>
            {t("actions.disable")}
          </MenuItem>
        ) : (
          <MenuItem icon={<Icon name="circle-check" />} onSelect={enable}>
            {t("actions.enable")}
          </MenuItem>
        )}
        <MenuItem icon={<Icon name="trash-2" />} isDangerous onSelect={() => setQuestion("remove")}>
          {t("actions.remove")}
        </MenuItem>
      </Menu>
      {enabling.failure !== null && (
        <p role="alert" className="text-xs text-bad-ink">
          {failureMessage(enabling.failure)}
        </p>
      )}
      {question === "role" && <ChangeRole account={account} actions={actions} onClose={close} />}
      {question === "password" && (
        <ChangePassword account={account} actions={actions} onClose={close} />
      )}
      {question === "disable" && (
        <DisableAccount account={account} actions={actions} onClose={close} />
      )}
      {question === "remove" && (
        <RemoveAccount account={account} actions={actions} onClose={close} />
      )}
    </>
  );
}

type QuestionProps = AccountMenuProps & { readonly onClose: () => void };

function DisableAccount({ account, actions, onClose }: QuestionProps) {
  const t = useTranslations("settings.accounts");
  return (
    <ConfirmAction
      title={t("disable.title", { name: account.name })}
      description={t("disable.description")}
      confirmLabel={t("actions.disable")}
      isDangerous
      action={actions.changeAccount}
      input={{ accountId: account.id, isEnabled: false }}
      failures={{ invalid_state: t("invalidState") }}
      onDone={() => toast.success(t("changed"))}
      onClose={onClose}
    />
  );
}

function RemoveAccount({ account, actions, onClose }: QuestionProps) {
  const t = useTranslations("settings.accounts");
  return (
    <ConfirmAction
      title={t("remove.title", { name: account.name })}
      description={t("remove.description")}
      confirmLabel={t("actions.remove")}
      isDangerous
      action={actions.removeAccount}
      input={{ accountId: account.id }}
      failures={{ invalid_state: t("invalidState") }}
      onDone={() => toast.success(t("removed"))}
      onClose={onClose}
    />
  );
}
