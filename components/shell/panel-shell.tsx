"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ReactNode } from "react";
import { LiveRefresh } from "#components/shell/live-refresh";
import { LostConnection } from "#components/shell/lost-connection";
import { Logo } from "#components/shell/logo";
import { toNavigationCookie, toggleGroup } from "#components/shell/navigation-state";
import type { NavigationState } from "#components/shell/navigation-state";
import type { NavigationGroup } from "#components/shell/navigation";
import { Sidebar } from "#components/shell/sidebar";
import { useLiveConnection } from "#components/shell/use-live";
import { useFocusAfterNavigation } from "#components/shell/use-focus-after-navigation";
import { useShortcuts } from "#components/shell/use-shortcuts";
import type { ChooseLocale } from "#components/shell/use-preferences";
import type { EndSession, ShellUser } from "#components/shell/user-menu";
import type { WaitingPromise } from "#components/shell/waiting-count";
import { IconButton } from "#components/ui/button";
import { cn } from "#components/ui/cn";
import { loadLater } from "#components/ui/load-later";
import { useHasBeen } from "#components/ui/use-has-been";

// Loaded when they are first opened.
const CommandPalette = loadLater(() =>
  import("#components/shell/command-palette").then((module) => module.CommandPalette),
);
const ShortcutsDialog = loadLater(() =>
  import("#components/shell/shortcuts-dialog").then((module) => module.ShortcutsDialog),
);
const Sheet = loadLater(() => import("#components/ui/sheet").then((module) => module.Sheet));

type PanelShellProps = {
  readonly user: ShellUser;
  /** The navigation as this browser last had it. */
  readonly navigation: NavigationState;
  readonly loadedAt: Date;
  readonly waiting: WaitingPromise;
  readonly chooseLocale: ChooseLocale;
  readonly signOut: EndSession;
  readonly children: ReactNode;
};

/** The frame around every page of the panel. */
export function PanelShell({
  user,
  navigation,
  loadedAt,
  waiting,
  chooseLocale,
  signOut,
  children,
}: PanelShellProps) {
  const t = useTranslations("shell");
  useLiveConnection();
  const [state, change] = useNavigationState(navigation);
  const [isSheetOpen, setIsSheetOpen] = useState(false);
  const [isPaletteOpen, setIsPaletteOpen] = useState(false);
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const hasOpenedSheet = useHasBeen(isSheetOpen);
  const hasOpenedPalette = useHasBeen(isPaletteOpen);
  const hasOpenedHelp = useHasBeen(isHelpOpen);

  const openPalette = () => {
    setIsSheetOpen(false);
    setIsPaletteOpen(true);
  };
  const showShortcuts = () => {
    setIsSheetOpen(false);
    setIsHelpOpen(true);
  };
  useFocusAfterNavigation();
  useShortcuts({
    role: user.role,
    onTogglePalette: () => setIsPaletteOpen((isOpen) => !isOpen),
    onShowShortcuts: showShortcuts,
  });

  const shared = {
    user,
    waiting,
    chooseLocale,
    signOut,
    onOpenPalette: openPalette,
    onShowShortcuts: showShortcuts,
    onToggleGroup: (group: NavigationGroup) => change(toggleGroup(state, group)),
    onNavigate: () => setIsSheetOpen(false),
  };

  return (
    <div
      className={cn(
        "min-h-dvh md:grid print:block",
        state.isRail ? "md:grid-cols-[3.5rem_minmax(0,1fr)]" : "md:grid-cols-[15rem_minmax(0,1fr)]",
      )}
    >
      <SkipLink />
      <header className="sticky top-0 hidden h-dvh border-e border-line md:flex print:hidden">
        <Sidebar
          {...shared}
          state={state}
          onToggleRail={() => change({ ...state, isRail: !state.isRail })}
        />
      </header>
      <header className="sticky top-0 z-30 flex h-13 items-center gap-1 border-b border-line bg-canvas px-2 md:hidden print:hidden">
        <IconButton label={t("openNavigation")} onClick={() => setIsSheetOpen(true)}>
          <Icon name="menu" />
        </IconButton>
        <span className="flex items-center gap-2 font-semibold tracking-tight">
          <Logo size={24} />
          {t("appName")}
        </span>
        <IconButton
          label={t("commands.open")}
          onClick={() => setIsPaletteOpen(true)}
          className="ms-auto"
        >
          <Icon name="search" />
        </IconButton>
      </header>
      {hasOpenedSheet && (
        <Sheet isOpen={isSheetOpen} onOpenChange={setIsSheetOpen} title={t("navigation")}>
          <Sidebar {...shared} state={{ ...state, isRail: false }} />
        </Sheet>
      )}
      <main id="content" tabIndex={-1} className="min-w-0 px-4 py-5 outline-none md:px-8 md:py-7">
        <div className="mx-auto w-full max-w-400 space-y-5">
          <LostConnection />
          {children}
        </div>
      </main>
      <LiveRefresh topics={["rules", "imports"]} loadedAt={loadedAt} />
      {hasOpenedPalette && (
        <CommandPalette
          isOpen={isPaletteOpen}
          onOpenChange={setIsPaletteOpen}
          role={user.role}
          chooseLocale={chooseLocale}
          onShowShortcuts={showShortcuts}
        />
      )}
      {hasOpenedHelp && (
        <ShortcutsDialog isOpen={isHelpOpen} onOpenChange={setIsHelpOpen} role={user.role} />
      )}
    </div>
  );
}

function SkipLink() {
  const t = useTranslations("shell");
  return (
    <a
      href="#content"
      className="fixed start-2 top-2 z-50 -translate-y-20 rounded-md bg-accent px-3 py-2 text-sm font-medium text-on-accent focus:translate-y-0"
    >
      {t("skipToContent")}
    </a>
  );
}

/** The state of the navigation, remembered in a cookie. */
function useNavigationState(
  initial: NavigationState,
): readonly [NavigationState, (next: NavigationState) => void] {
  const [state, setState] = useState(initial);
  return [
    state,
    (next) => {
      setState(next);
      document.cookie = toNavigationCookie(next);
    },
  ];
}
