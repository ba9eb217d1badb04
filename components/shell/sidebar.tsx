"use client";

import { Search } from "#components/ui/icons";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { Logo } from "#components/shell/logo";
import { SIDEBAR_ENTRIES, isWithin } from "#components/shell/navigation";
import { NavigationIcon } from "#components/shell/navigation-icon";
import { UserMenu } from "#components/shell/user-menu";
import type { EndSession, ShellUser } from "#components/shell/user-menu";
import type { ChooseLocale } from "#components/shell/use-preferences";
import { Kbd } from "#components/ui/kbd";

type SidebarProps = {
  readonly user: ShellUser;
  readonly chooseLocale: ChooseLocale;
  readonly signOut: EndSession;
  readonly onOpenPalette: () => void;
  /** Called on navigation, so that the sheet with the sidebar can close. */
  readonly onNavigate: () => void;
};

/** Logo, navigation and user menu: at the left of a wide screen, in a sheet on a narrow one. */
export function Sidebar({ user, chooseLocale, signOut, onOpenPalette, onNavigate }: SidebarProps) {
  const t = useTranslations("shell");
  const pathname = usePathname();
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col gap-3 p-3">
      <Link
        href="/"
        onClick={onNavigate}
        className="flex w-fit items-center gap-2.5 rounded-md p-1.5 font-semibold tracking-tight"
      >
        <Logo />
        {t("appName")}
      </Link>
      <button
        type="button"
        onClick={onOpenPalette}
        className="flex h-8 items-center gap-2 rounded-md border border-line bg-surface px-2 text-[0.8125rem] text-ink-muted shadow-xs hover:border-line-strong max-md:h-10"
      >
        <Search aria-hidden className="size-4" />
        <span className="flex-1 truncate text-left">{t("commands.open")}</span>
        <span className="max-md:hidden">
          <Kbd>Ctrl K</Kbd>
        </span>
      </button>
      <nav aria-label={t("navigation")} className="min-h-0 flex-1 overflow-y-auto">
        <ul className="space-y-0.5">
          {SIDEBAR_ENTRIES.map((entry) => (
            <li key={entry.name}>
              <Link
                href={entry.href}
                onClick={onNavigate}
                aria-current={isWithin(pathname, entry.section) ? "page" : undefined}
                className="flex h-8 items-center gap-2.5 rounded-md px-2 text-ink-muted transition-colors hover:bg-sunken hover:text-ink focus-visible:-outline-offset-2 aria-[current=page]:bg-accent-soft aria-[current=page]:font-medium aria-[current=page]:text-accent-ink max-md:h-10"
              >
                <NavigationIcon name={entry.name} />
                {t(`nav.${entry.name}`)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <UserMenu user={user} chooseLocale={chooseLocale} signOut={signOut} />
    </div>
  );
}
