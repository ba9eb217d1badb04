"use client";

import { Command } from "cmdk";
import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { Dialog } from "radix-ui";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  NAVIGATION_GROUPS,
  NAVIGATION_PATHS,
  PAGES_BY_GROUP,
  isOpenTo,
} from "#components/shell/navigation";
import { NavigationIcon } from "#components/shell/navigation-icon";
import { PaletteGroup, PaletteItem } from "#components/shell/palette-parts";
import { PaletteResults } from "#components/shell/palette-results";
import { useEverythingSearch } from "#components/shell/use-everything-search";
import type { EverythingSearch } from "#components/shell/use-everything-search";
import { usePreferences } from "#components/shell/use-preferences";
import type { Choice, ChooseLocale } from "#components/shell/use-preferences";
import { cn } from "#components/ui/cn";
import { DIALOG_STYLE, SCRIM_STYLE } from "#components/ui/dialog-style";
import { leavePage } from "#components/ui/leave-page";
import { useStartNavigation } from "#components/ui/navigation-progress";
import { useDialogFocus } from "#components/ui/use-dialog-focus";
import { useFailureText } from "#components/ui/use-failure-text";
import type { Role } from "#foundation/core/permissions";
import { matchesWords } from "#phones/search/match-words";

type CommandPaletteProps = {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  /** Decides which pages are offered. */
  readonly role: Role;
  readonly chooseLocale: ChooseLocale;
  readonly onShowShortcuts: () => void;
};

/** Searches pages, commands, and on the server phones, rules, roll-outs and pools. */
export function CommandPalette(props: CommandPaletteProps) {
  const t = useTranslations("shell");
  const focus = useDialogFocus();
  return (
    <Dialog.Root open={props.isOpen} onOpenChange={props.onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className={SCRIM_STYLE} />
        <Dialog.Content
          {...focus}
          aria-describedby={undefined}
          className={cn(
            DIALOG_STYLE,
            "top-[8vh] max-h-[min(40rem,84dvh)] max-w-2xl translate-y-0 overflow-hidden",
          )}
        >
          <Dialog.Title className="sr-only">{t("commands.title")}</Dialog.Title>
          <OpenPalette {...props} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Mounted while the palette is open, so that it opens empty. */
function OpenPalette({ onOpenChange, role, chooseLocale, onShowShortcuts }: CommandPaletteProps) {
  const t = useTranslations("shell");
  const router = useRouter();
  const startNavigation = useStartNavigation();
  const [query, setQuery] = useState("");
  const { search, searchFor } = useEverythingSearch();
  const commands = useCommands({ role, chooseLocale, onShowShortcuts });
  const groups = commands
    .map((group) => ({
      ...group,
      items: group.items.filter(({ label }) => matchesWords(`${group.heading} ${label}`, query)),
    }))
    .filter(({ items }) => items.length > 0);

  const goTo = (path: string) => leavePage(path, () => startNavigation(() => router.push(path)));

  function run(command: () => void) {
    onOpenChange(false);
    command();
  }

  return (
    <Command
      label={t("commands.title")}
      loop
      // The server decides what matches; the pages and commands are filtered above.
      shouldFilter={false}
      className="flex min-h-0 flex-col"
    >
      <Command.Input
        value={query}
        onValueChange={(text) => {
          setQuery(text);
          searchFor(text);
        }}
        placeholder={t("commands.placeholder")}
        className="h-12 shrink-0 border-b border-line bg-transparent px-4 text-sm outline-none placeholder:text-ink-faint max-md:text-base"
      />
      <Command.List
        aria-busy={search.kind === "loading"}
        className="min-h-0 flex-1 overflow-y-auto p-1.5"
      >
        {groups.map(({ heading, items }) => (
          <PaletteGroup key={heading} heading={heading}>
            {items.map(({ label, icon, command }) => (
              <PaletteItem
                key={label}
                value={`${heading} ${label}`}
                icon={icon}
                onSelect={() => run(() => command(goTo))}
              >
                {label}
              </PaletteItem>
            ))}
          </PaletteGroup>
        ))}
        {search.kind === "found" && (
          <PaletteResults
            query={query}
            results={search.results}
            goTo={(path) => run(() => goTo(path))}
          />
        )}
        {search.kind === "failed" && (
          <PaletteItem
            value="retry"
            icon={<Icon name="rotate-ccw" />}
            onSelect={() => searchFor(query)}
          >
            {t("commands.retry")}
          </PaletteItem>
        )}
      </Command.List>
      <PaletteStatus search={search} commandCount={groups.flatMap(({ items }) => items).length} />
    </Command>
  );
}

type PaletteStatusProps = { readonly search: EverythingSearch; readonly commandCount: number };

/** Says what the search does, to the eye and to screen readers. */
function PaletteStatus({ search, commandCount }: PaletteStatusProps) {
  const t = useTranslations("shell");
  const failureText = useFailureText();
  if (search.kind === "failed") {
    return (
      <p
        role="alert"
        className="border-t border-bad-line bg-bad-soft px-4 py-2.5 text-xs text-bad-ink"
      >
        {t("commands.failed", { reason: failureText({ code: search.code, reason: null }) })}
      </p>
    );
  }
  const found =
    search.kind === "found"
      ? Object.values(search.results).reduce((sum, results) => sum + results.length, commandCount)
      : commandCount;
  return (
    <p
      role="status"
      className="flex items-center gap-2 border-t border-line px-4 py-2.5 text-xs text-ink-muted"
    >
      {search.kind === "loading" && (
        <Icon name="loader-circle" className="size-3.5 shrink-0 animate-spin" />
      )}
      {search.kind === "loading" ? t("commands.searching") : t("commands.found", { count: found })}
    </p>
  );
}

type PaletteCommand = {
  readonly label: string;
  readonly icon: ReactNode;
  readonly command: (goTo: (path: string) => void) => void;
};
type CommandGroup = { readonly heading: string; readonly items: readonly PaletteCommand[] };

/** What needs no search: pages, languages, themes, times, shortcuts. */
function useCommands({
  role,
  chooseLocale,
  onShowShortcuts,
}: Pick<
  CommandPaletteProps,
  "role" | "chooseLocale" | "onShowShortcuts"
>): readonly CommandGroup[] {
  const t = useTranslations("shell");
  const { language, appearance, times } = usePreferences(chooseLocale);
  return [
    ...NAVIGATION_GROUPS.map((group) => ({
      heading: t(`groups.${group}`),
      items: PAGES_BY_GROUP[group]
        .filter((name) => isOpenTo(role, name))
        .map((name) => ({
          label: t(`nav.${name}`),
          icon: <NavigationIcon name={name} />,
          command: (goTo: (path: string) => void) => goTo(NAVIGATION_PATHS[name]),
        })),
    })),
    {
      heading: t("commands.help"),
      items: [
        {
          label: t("shortcuts.title"),
          icon: <Icon name="keyboard" />,
          command: onShowShortcuts,
        },
      ],
    },
    toGroup(language),
    toGroup(appearance),
    toGroup(times),
  ];
}

function toGroup<Value extends string>(choice: Choice<Value>): CommandGroup {
  return {
    heading: choice.label,
    items: choice.options.map(({ value, label }) => ({
      label,
      icon: choice.value === value ? <Icon name="check" /> : <span className="size-4" />,
      command: () => choice.onChange(value),
    })),
  };
}
