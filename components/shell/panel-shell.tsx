"use client";

import { Menu as MenuIcon, Search } from "#components/ui/icons";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import { CommandPalette } from "#components/shell/command-palette";
import { Logo } from "#components/shell/logo";
import { Sidebar } from "#components/shell/sidebar";
import type { ChooseLocale } from "#components/shell/use-preferences";
import type { EndSession, ShellUser } from "#components/shell/user-menu";
import { IconButton } from "#components/ui/button";
import { Sheet } from "#components/ui/sheet";

type PanelShellProps = {
  readonly user: ShellUser;
  readonly chooseLocale: ChooseLocale;
  readonly signOut: EndSession;
  readonly children: ReactNode;
};

/** The frame around every page of the panel. */
export function PanelShell({ user, chooseLocale, signOut, children }: PanelShellProps) {
  const t = useTranslations("shell");
  const [isSheetOpen, setIsSheetOpen] = useState(false);
  const [isPaletteOpen, setIsPaletteOpen] = useState(false);

  // Synchronises with the keyboard of the whole document.
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key.toLowerCase() === "k" && (event.metaKey || event.ctrlKey)) {
        event.preventDefault();
        setIsPaletteOpen((isOpen) => !isOpen);
      }
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);

  const sidebar = (
    <Sidebar
      user={user}
      chooseLocale={chooseLocale}
      signOut={signOut}
      onOpenPalette={() => {
        setIsSheetOpen(false);
        setIsPaletteOpen(true);
      }}
      onNavigate={() => setIsSheetOpen(false)}
    />
  );

  return (
    <div className="min-h-dvh md:grid md:grid-cols-[15rem_minmax(0,1fr)]">
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-20 rounded-md bg-accent px-3 py-2 text-sm font-medium text-on-accent focus:translate-y-0"
      >
        {t("skipToContent")}
      </a>
      <header className="sticky top-0 hidden h-dvh border-r border-line md:flex">{sidebar}</header>
      <header className="sticky top-0 z-30 flex h-13 items-center gap-1 border-b border-line bg-canvas px-2 md:hidden">
        <IconButton label={t("openNavigation")} onClick={() => setIsSheetOpen(true)}>
          <MenuIcon aria-hidden />
        </IconButton>
        <span className="flex items-center gap-2 font-semibold tracking-tight">
          <Logo size={24} />
          {t("appName")}
        </span>
        <IconButton
          label={t("commands.open")}
          onClick={() => setIsPaletteOpen(true)}
          className="ml-auto"
        >
          <Search aria-hidden />
        </IconButton>
      </header>
      <Sheet isOpen={isSheetOpen} onOpenChange={setIsSheetOpen} title={t("navigation")}>
        {sidebar}
      </Sheet>
      <main id="content" tabIndex={-1} className="min-w-0 px-4 py-5 outline-none md:px-8 md:py-7">
        <div className="mx-auto w-full max-w-400 space-y-5">{children}</div>
      </main>
      <CommandPalette
        isOpen={isPaletteOpen}
        onOpenChange={setIsPaletteOpen}
        chooseLocale={chooseLocale}
      />
    </div>
  );
}
