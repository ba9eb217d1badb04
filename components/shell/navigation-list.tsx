"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { Link } from "#components/ui/link";
import { usePathname } from "next/navigation";
import { useId } from "react";
import {
  NAVIGATION_GROUPS,
  SIDEBAR_ENTRIES,
  findCurrentEntry,
  isOpenTo,
} from "#components/shell/navigation";
import type { NavigationGroup, SidebarEntry } from "#components/shell/navigation";
import { NavigationIcon } from "#components/shell/navigation-icon";
import type { NavigationState } from "#components/shell/navigation-state";
import { WaitingCount } from "#components/shell/waiting-count";
import type { WaitingPromise } from "#components/shell/waiting-count";
import { cn } from "#components/ui/cn";
import type { Role } from "#foundation/core/permissions";

type NavigationListProps = {
  readonly role: Role;
  readonly state: NavigationState;
  readonly waiting: WaitingPromise;
  readonly onToggleGroup: (group: NavigationGroup) => void;
  /** Called on navigation, so that the sheet with the sidebar can close. */
  readonly onNavigate: () => void;
};

/** The entries of the navigation in their groups. As a rail, icons without headings. */
export function NavigationList(props: NavigationListProps) {
  const t = useTranslations("shell");
  return (
    <nav
      aria-label={t("navigation")}
      className={cn(
        "min-h-0 flex-1 overflow-y-auto",
        props.state.isRail ? "space-y-2" : "space-y-3",
      )}
    >
      {NAVIGATION_GROUPS.map((group) => (
        <Group key={group} group={group} {...props} />
      ))}
    </nav>
  );
}

type GroupProps = NavigationListProps & { readonly group: NavigationGroup };

function Group({ group, role, state, waiting, onToggleGroup, onNavigate }: GroupProps) {
  const t = useTranslations("shell");
  const listId = useId();
  const { isRail } = state;
  const isClosed = !isRail && state.closedGroups.includes(group);
  const entries = SIDEBAR_ENTRIES[group].filter(({ name }) => isOpenTo(role, name));
  return (
    <div className={cn(isRail && "border-t border-line pt-2 first:border-t-0 first:pt-0")}>
      {!isRail && (
        <button
          type="button"
          aria-expanded={!isClosed}
          aria-controls={listId}
          onClick={() => onToggleGroup(group)}
          className="navigation-group group"
        >
          {t(`groups.${group}`)}
          <Icon
            name="chevron-down"
            className="size-3.5 transition-transform group-aria-[expanded=false]:-rotate-90"
          />
          {isClosed && (
            <WaitingCount
              waiting={waiting}
              kinds={entries.flatMap(({ waiting: kind }) => kind ?? [])}
            />
          )}
        </button>
      )}
      <ul id={listId} hidden={isClosed} aria-label={t(`groups.${group}`)} className="space-y-0.5">
        {entries.map((entry) => (
          <li key={entry.name}>
            <EntryLink entry={entry} isRail={isRail} waiting={waiting} onNavigate={onNavigate} />
          </li>
        ))}
      </ul>
    </div>
  );
}

type EntryLinkProps = {
  readonly entry: SidebarEntry;
  readonly isRail: boolean;
  readonly waiting: WaitingPromise;
  readonly onNavigate: () => void;
};

function EntryLink({ entry, isRail, waiting, onNavigate }: EntryLinkProps) {
  const t = useTranslations("shell");
  const pathname = usePathname();
  const label = t(`nav.${entry.name}`);
  const isCurrent = findCurrentEntry(pathname)?.name === entry.name;
  return (
    <Link
      ref={isCurrent ? scrollIntoView : undefined}
      href={entry.href}
      onClick={onNavigate}
      title={isRail ? label : undefined}
      aria-current={isCurrent ? "page" : undefined}
      className={cn("navigation-link group", isRail && "justify-center")}
    >
      <NavigationIcon name={entry.name} />
      <span className={cn(isRail ? "sr-only" : "truncate")}>{label}</span>
      {entry.waiting !== undefined && (
        <WaitingCount waiting={waiting} kinds={[entry.waiting]} isDot={isRail} />
      )}
    </Link>
  );
}

/** On a low screen, the navigation scrolls, and the current entry may be beyond its edge. */
function scrollIntoView(entry: HTMLElement | null): void {
  entry?.scrollIntoView({ block: "nearest" });
}
