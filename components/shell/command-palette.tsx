"use client";

import { Command } from "cmdk";
import { Check } from "#components/ui/icons";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
import { NAVIGATION_NAMES, NAVIGATION_PATHS } from "#components/shell/navigation";
import { NavigationIcon } from "#components/shell/navigation-icon";
import { usePreferences } from "#components/shell/use-preferences";
import type { Choice, ChooseLocale } from "#components/shell/use-preferences";
import { cn } from "#components/ui/cn";
import { DIALOG_STYLE, SCRIM_STYLE } from "#components/ui/dialog";

type CommandPaletteProps = {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly chooseLocale: ChooseLocale;
};

/** Searches all pages, languages and themes. */
export function CommandPalette({ isOpen, onOpenChange, chooseLocale }: CommandPaletteProps) {
  const t = useTranslations("shell");
  const router = useRouter();
  const { language, appearance } = usePreferences(chooseLocale);

  function run(command: () => void) {
    onOpenChange(false);
    command();
  }

  return (
    <Dialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className={SCRIM_STYLE} />
        <Dialog.Content
          aria-describedby={undefined}
          className={cn(DIALOG_STYLE, "top-[12vh] max-w-lg translate-y-0 overflow-hidden")}
        >
          <Dialog.Title className="sr-only">{t("commands.title")}</Dialog.Title>
          <Command label={t("commands.title")} loop className="flex min-h-0 flex-col">
            <Command.Input
              placeholder={t("commands.placeholder")}
              className="h-12 shrink-0 border-b border-line bg-transparent px-4 text-sm outline-none placeholder:text-ink-faint max-md:text-base"
            />
            <Command.List className="max-h-[55vh] overflow-y-auto p-1.5">
              <Command.Empty className="py-8 text-center text-[0.8125rem] text-ink-muted">
                {t("commands.empty")}
              </Command.Empty>
              <Group heading={t("commands.goTo")}>
                {NAVIGATION_NAMES.map((name) => (
                  <Item
                    key={name}
                    value={`${t("commands.goTo")} ${t(`nav.${name}`)}`}
                    icon={<NavigationIcon name={name} />}
                    onSelect={() => run(() => router.push(NAVIGATION_PATHS[name]))}
                  >
                    {t(`nav.${name}`)}
                  </Item>
                ))}
              </Group>
              <ChoiceGroup choice={language} run={run} />
              <ChoiceGroup choice={appearance} run={run} />
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

type ChoiceGroupProps<Value extends string> = {
  readonly choice: Choice<Value>;
  readonly run: (command: () => void) => void;
};

function ChoiceGroup<Value extends string>({ choice, run }: ChoiceGroupProps<Value>) {
  return (
    <Group heading={choice.label}>
      {choice.options.map(({ value, label }) => (
        <Item
          key={value}
          value={`${choice.label} ${label}`}
          icon={choice.value === value ? <Check aria-hidden /> : <span className="size-4" />}
          onSelect={() => run(() => choice.onChange(value))}
        >
          {label}
        </Item>
      ))}
    </Group>
  );
}

type GroupProps = { readonly heading: string; readonly children: ReactNode };

function Group({ heading, children }: GroupProps) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-faint"
    >
      {children}
    </Command.Group>
  );
}

type ItemProps = {
  readonly value: string;
  readonly icon: ReactNode;
  readonly onSelect: () => void;
  readonly children: ReactNode;
};

function Item({ value, icon, onSelect, children }: ItemProps) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex h-9 cursor-pointer items-center gap-2.5 rounded-md px-2 text-[0.8125rem] data-[selected=true]:bg-hover max-md:h-11 [&_svg]:size-4 [&_svg]:text-ink-faint"
    >
      {icon}
      {children}
    </Command.Item>
  );
}
