"use client";

import { Command } from "cmdk";
import type { ReactNode } from "react";

type PaletteGroupProps = { readonly heading: string; readonly children: ReactNode };

/** A group of the palette; nothing if it has no items. */
export function PaletteGroup({ heading, children }: PaletteGroupProps) {
  if (Array.isArray(children) && children.flat().length === 0) {
    return null;
  }
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-faint"
    >
      {children}
    </Command.Group>
  );
}

type PaletteItemProps = {
  /** Unique in the palette. */
  readonly value: string;
  readonly icon: ReactNode;
  readonly onSelect: () => void;
  /** What tells the item from others of the same name. */
  readonly detail?: string;
  readonly children: ReactNode;
};

export function PaletteItem({ value, icon, onSelect, detail, children }: PaletteItemProps) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2 py-1.5 text-[0.8125rem] data-[selected=true]:bg-hover max-md:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-faint"
    >
      {icon}
      <bdi className="max-w-[65%] min-w-0 shrink-0 truncate">{children}</bdi>
      {detail !== undefined && (
        // Its margin is at the start of the page's direction, not of its own.
        <span className="ms-auto min-w-0 text-xs text-ink-muted">
          <bdi className="block truncate">{detail}</bdi>
        </span>
      )}
    </Command.Item>
  );
}
