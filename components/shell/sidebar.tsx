"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { Link } from "#components/ui/link";
import { Logo } from "#components/shell/logo";
import { NavigationList } from "#components/shell/navigation-list";
import type { NavigationGroup } from "#components/shell/navigation";
import type { NavigationState } from "#components/shell/navigation-state";
import { UserMenu } from "#components/shell/user-menu";
import type { EndSession, ShellUser } from "#components/shell/user-menu";
import type { ChooseLocale } from "#components/shell/use-preferences";
import type { WaitingPromise } from "#components/shell/waiting-count";
import { IconButton } from "#components/ui/button";
import { cn } from "#components/ui/cn";
import { Kbd } from "#components/ui/kbd";

type SidebarProps = {
  readonly user: ShellUser;
  readonly state: NavigationState;
  readonly waiting: WaitingPromise;
  readonly chooseLocale: ChooseLocale;
  readonly signOut: EndSession;
  readonly onOpenPalette: () => void;
  readonly onShowShortcuts: () => void;
  readonly onToggleGroup: (group: NavigationGroup) => void;
  /** Makes a rail of the sidebar, or a sidebar of the rail; absent in the sheet, which is always wide. */
  readonly onToggleRail?: () => void;
  /** Called on navigation, so that the sheet with the sidebar can close. */
  readonly onNavigate: () => void;
};

/** Logo, navigation and user menu: at the left of a wide screen, in a sheet on a narrow one. */
export function Sidebar({
  user,
  state,
  waiting,
  chooseLocale,
  signOut,
  onOpenPalette,
  onShowShortcuts,
  onToggleGroup,
  onToggleRail,
  onNavigate,
}: SidebarProps) {
  const t = useTranslations("shell");
  const { isRail } = state;
  return (
    <div className={cn("flex min-h-0 min-w-0 flex-1 flex-col gap-3", isRail ? "p-2" : "p-3")}>
      <div className={cn("flex items-center gap-1", isRail ? "flex-col" : "justify-between")}>
        <Link
          href="/"
          onClick={onNavigate}
          className="flex w-fit items-center gap-2.5 rounded-md p-1.5 font-semibold tracking-tight"
        >
          <Logo />
          <span className={cn(isRail && "sr-only")}>{t("appName")}</span>
        </Link>
        {onToggleRail !== undefined && <RailButton isRail={isRail} onToggle={onToggleRail} />}
      </div>
      <PaletteButton isRail={isRail} onOpen={onOpenPalette} />
      <NavigationList
        role={user.role}
        state={state}
        waiting={waiting}
        onToggleGroup={onToggleGroup}
        onNavigate={onNavigate}
      />
      <UserMenu
        user={user}
        isRail={isRail}
        chooseLocale={chooseLocale}
        signOut={signOut}
        onShowShortcuts={onShowShortcuts}
      />
    </div>
  );
}

type RailButtonProps = { readonly isRail: boolean; readonly onToggle: () => void };

function RailButton({ isRail, onToggle }: RailButtonProps) {
  const t = useTranslations("shell");
  const label = t(isRail ? "expandNavigation" : "collapseNavigation");
  return (
    <IconButton label={label} title={label} onClick={onToggle}>
      {isRail ? <Icon name="panel-left-open" /> : <Icon name="panel-left-close" />}
    </IconButton>
  );
}

type PaletteButtonProps = { readonly isRail: boolean; readonly onOpen: () => void };

function PaletteButton({ isRail, onOpen }: PaletteButtonProps) {
  const t = useTranslations("shell");
  return (
    <button
      type="button"
      onClick={onOpen}
      title={isRail ? t("commands.open") : undefined}
      className={cn(
        "flex h-8 shrink-0 items-center gap-2 rounded-md border border-line bg-surface px-2 text-[0.8125rem] text-ink-muted shadow-xs hover:border-line-strong max-md:h-10",
        isRail && "justify-center",
      )}
    >
      <Icon name="search" className="size-4 shrink-0" />
      <span className={cn(isRail ? "sr-only" : "flex-1 truncate text-start")}>
        {t("commands.open")}
      </span>
      {!isRail && (
        <span className="max-md:hidden">
          <Kbd>Ctrl K</Kbd>
        </span>
      )}
    </button>
  );
}
