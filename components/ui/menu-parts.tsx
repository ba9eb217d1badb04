"use client";

import type { OpenedBy } from "#components/ui/loading-trigger";
import { Icon } from "#components/ui/icon";
import { Link } from "#components/ui/link";
import { DropdownMenu as RadixMenu } from "radix-ui";
import { useEffect, useRef } from "react";
import type { ReactNode } from "react";
import { cn } from "#components/ui/cn";
import { POPOVER_STYLE } from "#components/ui/popover-style";

const ITEM_SHAPE = cn(
  "flex h-8 w-full cursor-pointer items-center gap-2 rounded-md px-2 text-[0.8125rem] outline-none select-none max-md:h-9",
  "data-disabled:cursor-not-allowed data-disabled:opacity-50 data-highlighted:bg-hover",
  "[&_svg]:size-4 [&_svg]:shrink-0",
);

const ITEM_STYLE = cn(ITEM_SHAPE, "text-ink [&_svg]:text-ink-faint");
const DANGER_STYLE = cn(ITEM_SHAPE, "text-bad-ink [&_svg]:text-bad-ink");

export type LoadedMenuProps = {
  /** Exactly one button. */
  readonly trigger: ReactNode;
  readonly align: "start" | "center" | "end";
  /** What opened the menu before it was loaded. The keyboard selects the first item, the pointer none. */
  readonly openedBy: OpenedBy;
  /** Called when it opens, but not for the opening by the pointer that loaded it. */
  readonly onOpen?: (() => void) | undefined;
  readonly children: ReactNode;
};

/** The menu after its first opening. `Menu` loads it. */
export function LoadedMenu({ trigger, align, openedBy, onOpen, children }: LoadedMenuProps) {
  const triggerRef = useRef<HTMLButtonElement>(null);

  // Repeats the key that opened the menu, because Radix selects the first item only if it sees a key.
  useEffect(() => {
    if (openedBy === "keyboard") {
      const key = new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true });
      triggerRef.current?.dispatchEvent(key);
    }
  }, [openedBy]);

  return (
    <RadixMenu.Root
      modal={false}
      defaultOpen={openedBy === "pointer"}
      onOpenChange={(isOpen) => {
        if (isOpen) {
          onOpen?.();
        }
      }}
    >
      <RadixMenu.Trigger asChild ref={triggerRef}>
        {trigger}
      </RadixMenu.Trigger>
      <RadixMenu.Portal>
        <RadixMenu.Content
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className={cn(
            POPOVER_STYLE,
            "max-h-(--radix-dropdown-menu-content-available-height) min-w-48 overflow-y-auto p-1",
          )}
        >
          {children}
        </RadixMenu.Content>
      </RadixMenu.Portal>
    </RadixMenu.Root>
  );
}

export type MenuItemProps = {
  readonly icon?: ReactNode;
  readonly isDangerous?: boolean;
  readonly isDisabled?: boolean;
  readonly onSelect: () => void;
  readonly children: ReactNode;
};

export function MenuItem({ icon, isDangerous, isDisabled, onSelect, children }: MenuItemProps) {
  return (
    <RadixMenu.Item
      disabled={isDisabled === true}
      onSelect={onSelect}
      className={isDangerous === true ? DANGER_STYLE : ITEM_STYLE}
    >
      {icon}
      {children}
    </RadixMenu.Item>
  );
}

export type MenuLinkProps = {
  readonly href: string;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
};

export function MenuLink({ href, icon, children }: MenuLinkProps) {
  return (
    <RadixMenu.Item asChild className={ITEM_STYLE}>
      <Link href={href}>
        {icon}
        {children}
      </Link>
    </RadixMenu.Item>
  );
}

export type MenuDownloadProps = { readonly href: string; readonly children: ReactNode };

/** A file to download: the link leaves the page as it is, and is not loaded in advance. */
export function MenuDownload({ href, children }: MenuDownloadProps) {
  return (
    <RadixMenu.Item asChild className={ITEM_STYLE}>
      <a href={href} download>
        {children}
      </a>
    </RadixMenu.Item>
  );
}

export type MenuCheckItemProps = {
  readonly isChecked: boolean;
  readonly isDisabled?: boolean;
  readonly onCheckedChange: (isChecked: boolean) => void;
  readonly children: ReactNode;
};

/** Keeps the menu open, because users often toggle several items. */
export function MenuCheckItem({
  isChecked,
  isDisabled,
  onCheckedChange,
  children,
}: MenuCheckItemProps) {
  return (
    <RadixMenu.CheckboxItem
      checked={isChecked}
      disabled={isDisabled === true}
      onCheckedChange={onCheckedChange}
      onSelect={(event) => event.preventDefault()}
      className={cn(ITEM_STYLE, "relative ps-8")}
    >
      <RadixMenu.ItemIndicator className="absolute start-2.5">
        <Icon name="check" className="text-accent-ink" />
      </RadixMenu.ItemIndicator>
      {children}
    </RadixMenu.CheckboxItem>
  );
}

export type MenuChoiceProps<Value extends string> = {
  readonly label: string;
  readonly value: Value | undefined;
  readonly options: readonly { readonly value: Value; readonly label: ReactNode }[];
  readonly onChange: (value: Value) => void;
};

/** A group of menu items of which exactly one is selected. */
export function MenuChoice<Value extends string>({
  label,
  value,
  options,
  onChange,
}: MenuChoiceProps<Value>) {
  return (
    <RadixMenu.RadioGroup value={value ?? ""} aria-label={label}>
      <MenuLabel>{label}</MenuLabel>
      {options.map((option) => (
        <RadixMenu.RadioItem
          key={option.value}
          value={option.value}
          onSelect={() => onChange(option.value)}
          className={cn(ITEM_STYLE, "relative ps-8")}
        >
          <RadixMenu.ItemIndicator className="absolute start-2.5">
            <Icon name="check" className="text-accent-ink" />
          </RadixMenu.ItemIndicator>
          {option.label}
        </RadixMenu.RadioItem>
      ))}
    </RadixMenu.RadioGroup>
  );
}

export function MenuLabel({ children }: { readonly children: ReactNode }) {
  return (
    <RadixMenu.Label className="px-2 pt-1.5 pb-1 text-2xs font-medium text-ink-faint">
      {children}
    </RadixMenu.Label>
  );
}

export function MenuSeparator() {
  return <RadixMenu.Separator className="-mx-1 my-1 h-px bg-line" />;
}
