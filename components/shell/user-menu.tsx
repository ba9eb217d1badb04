"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { toast } from "#components/ui/toast";
import { attemptAction } from "#components/forms/attempt-action";
import { leaveForSignIn } from "#components/shell/leave-for-sign-in";
import { usePreferences } from "#components/shell/use-preferences";
import type { ChooseLocale } from "#components/shell/use-preferences";
import { Menu, MenuChoice, MenuItem, MenuSeparator } from "#components/ui/dropdown-menu";
import { useFailureMessage } from "#components/ui/use-failure-text";
import type { ActionResult } from "#access/auth/action-result";
import type { Role } from "#foundation/core/permissions";

/** What the shell shows of the signed-in user. */
export type ShellUser = { readonly name: string; readonly role: Role };

/** Ends the session on the server. Passed down from the layout, because components do not import server code. */
export type EndSession = () => Promise<ActionResult<null>>;

type UserMenuProps = {
  readonly user: ShellUser;
  /** Only the first letter of the name is shown. */
  readonly isRail: boolean;
  readonly chooseLocale: ChooseLocale;
  readonly signOut: EndSession;
  readonly onShowShortcuts: () => void;
};

export function UserMenu({ user, isRail, chooseLocale, signOut, onShowShortcuts }: UserMenuProps) {
  const t = useTranslations("shell");
  const failureMessage = useFailureMessage();
  const { language, appearance, times } = usePreferences(chooseLocale);

  async function leave(): Promise<void> {
    const result = await attemptAction(signOut, undefined);
    if (result.ok) {
      await leaveForSignIn("signed_out");
    } else {
      toast.error(t("signOutFailed"), { description: failureMessage(result) });
    }
  }

  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          className="flex w-full items-center gap-2.5 rounded-md p-1.5 text-start hover:bg-sunken data-[state=open]:bg-sunken"
        >
          <span
            aria-hidden
            className="grid size-7 shrink-0 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent-ink uppercase"
          >
            {user.name.slice(0, 1)}
          </span>
          <span className="sr-only">{t("account")}</span>
          <span className={isRail ? "sr-only" : "min-w-0 flex-1"}>
            <bdi className="block truncate text-[0.8125rem] font-medium">{user.name}</bdi>
            <span className="block truncate text-xs text-ink-muted">{t(`roles.${user.role}`)}</span>
          </span>
          {!isRail && <Icon name="chevrons-up-down" className="size-4 shrink-0 text-ink-faint" />}
        </button>
      }
    >
      <MenuChoice {...language} />
      <MenuSeparator />
      <MenuChoice {...appearance} />
      <MenuSeparator />
      <MenuChoice {...times} />
      <MenuSeparator />
      <MenuItem icon={<Icon name="keyboard" />} onSelect={onShowShortcuts}>
        {t("shortcuts.title")}
      </MenuItem>
      <MenuItem icon={<Icon name="log-out" />} onSelect={() => void leave()}>
        {t("signOut")}
      </MenuItem>
    </Menu>
  );
}
