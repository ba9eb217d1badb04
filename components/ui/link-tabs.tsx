"use client";

import { Link } from "#components/ui/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { cn } from "#components/ui/cn";

type LinkTab = {
  readonly href: string;
  readonly label: string;
  /** The number of items behind the tab. */
  readonly count?: ReactNode;
  /** For tabs that differ only in their query. Default: whether the path is that of the page. */
  readonly isCurrent?: boolean;
};

type LinkTabsProps = { readonly label: string; readonly tabs: readonly LinkTab[] };

/** Tabs that are pages. Each has its own URL, so Back, reload and shared links work. */
export function LinkTabs({ label, tabs }: LinkTabsProps) {
  const pathname = usePathname();
  return (
    <nav
      aria-label={label}
      className="-mx-4 overflow-x-auto border-b border-line px-4 md:mx-0 md:px-0"
    >
      <ul className="flex gap-1">
        {tabs.map(({ href, label: tabLabel, count, ...tab }) => {
          const isCurrent = tab.isCurrent ?? (pathname === href || pathname.startsWith(`${href}/`));
          return (
            <li key={href}>
              <Link
                href={href}
                aria-current={isCurrent ? "page" : undefined}
                className={cn(
                  "relative flex h-9 items-center gap-2 px-2.5 text-sm whitespace-nowrap text-ink-muted transition-colors hover:text-ink focus-visible:-outline-offset-2",
                  "aria-[current=page]:font-medium aria-[current=page]:text-ink",
                  "after:absolute after:inset-x-1.5 after:-bottom-px after:h-0.5 after:rounded-full aria-[current=page]:after:bg-focus",
                )}
              >
                {tabLabel}
                {count !== undefined && (
                  <span className="rounded-full bg-sunken px-1.5 text-2xs font-medium text-ink-muted tabular-nums">
                    {count}
                  </span>
                )}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
