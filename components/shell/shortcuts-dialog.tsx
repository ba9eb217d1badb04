"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { isOpenTo } from "#components/shell/navigation";
import { useShortcutSetting } from "#components/shell/shortcut-setting";
import { ACTION_KEYS, PAGE_KEYS } from "#components/shell/shortcuts";
import { CheckboxField } from "#components/ui/checkbox";
import { Kbd } from "#components/ui/kbd";
import { LoadedDialog } from "#components/ui/loaded-dialog";
import type { Role } from "#foundation/core/permissions";

type ShortcutsDialogProps = {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  /** Decides which pages are listed. */
  readonly role: Role;
};

/** All shortcuts of the panel, and the way to turn them off. */
export function ShortcutsDialog({ isOpen, onOpenChange, role }: ShortcutsDialogProps) {
  const t = useTranslations("shell");
  const [isOn, setIsOn] = useShortcutSetting();
  return (
    <LoadedDialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={t("shortcuts.title")}
      description={t("shortcuts.description")}
    >
      <div className="space-y-5">
        <CheckboxField
          label={t("shortcuts.areOn")}
          hint={t("shortcuts.areOnHint")}
          checked={isOn}
          onChange={(event) => setIsOn(event.target.checked)}
        />
        <div className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
          <ShortcutList title={t("shortcuts.everywhere")}>
            <ShortcutRow keys={["Ctrl K"]} label={t("commands.open")} />
            {Object.entries(ACTION_KEYS).map(([key, action]) => (
              <ShortcutRow
                key={key}
                keys={[key]}
                label={t(`shortcuts.actions.${action}`)}
                isOff={!isOn}
              />
            ))}
          </ShortcutList>
          <ShortcutList title={t("shortcuts.pages")}>
            {Object.entries(PAGE_KEYS)
              .filter(([, name]) => isOpenTo(role, name))
              .map(([key, name]) => (
                <ShortcutRow key={key} keys={["g", key]} label={t(`nav.${name}`)} isOff={!isOn} />
              ))}
          </ShortcutList>
        </div>
      </div>
    </LoadedDialog>
  );
}

type ShortcutListProps = { readonly title: string; readonly children: ReactNode };

function ShortcutList({ title, children }: ShortcutListProps) {
  return (
    <section>
      <h3 className="mb-1.5 text-xs font-medium text-ink-muted">{title}</h3>
      <dl className="space-y-1">{children}</dl>
    </section>
  );
}

type ShortcutRowProps = {
  /** Pressed one after the other. */
  readonly keys: readonly string[];
  readonly label: string;
  readonly isOff?: boolean;
};

function ShortcutRow({ keys, label, isOff = false }: ShortcutRowProps) {
  return (
    <div className="flex items-center justify-between gap-3 text-[0.8125rem]">
      <dt className={isOff ? "text-ink-muted line-through" : ""}>{label}</dt>
      <dd className="flex gap-1">
        {keys.map((key) => (
          <Kbd key={key}>{key}</Kbd>
        ))}
      </dd>
    </div>
  );
}
