"use client";

import { createContext, use, useState } from "react";
import type { ReactNode } from "react";
import { LoadingTrigger } from "#components/ui/loading-trigger";
import type { OpenedBy } from "#components/ui/loading-trigger";
import type * as MenuParts from "#components/ui/menu-parts";

type Parts = typeof MenuParts;
type Opening = {
  readonly parts: Parts;
  readonly by: OpenedBy;
};

const PartsContext = createContext<Parts | null>(null);

function loadParts(): Promise<Parts> {
  return import("#components/ui/menu-parts");
}

type MenuProps = {
  /** Exactly one button. */
  readonly trigger: ReactNode;
  readonly align?: "start" | "center" | "end";
  /** Called each time it opens. A click on the trigger does not say so: the first one replaces the trigger. */
  readonly onOpen?: () => void;
  readonly children: ReactNode;
};

/** A menu that opens from a button. What it needs is large. */
export function Menu({ trigger, align = "end", onOpen, children }: MenuProps) {
  const [opening, setOpening] = useState<Opening | null>(null);
  if (opening !== null) {
    const { LoadedMenu } = opening.parts;
    return (
      <PartsContext value={opening.parts}>
        <LoadedMenu trigger={trigger} align={align} openedBy={opening.by} onOpen={onOpen}>
          {children}
        </LoadedMenu>
      </PartsContext>
    );
  }

  return (
    <LoadingTrigger
      trigger={trigger}
      popup="menu"
      load={loadParts}
      onLoad={(parts, by) => {
        if (by === "pointer") {
          onOpen?.();
        }
        setOpening({ parts, by });
      }}
    />
  );
}

/** The parts of a menu exist only inside an open `Menu`, which has loaded them. */
function useParts(): Parts {
  const parts = use(PartsContext);
  if (parts === null) {
    throw new Error("A part of a menu is outside of a menu.");
  }
  return parts;
}

export function MenuItem(props: MenuParts.MenuItemProps) {
  const { MenuItem: Loaded } = useParts();
  return <Loaded {...props} />;
}

export function MenuLink(props: MenuParts.MenuLinkProps) {
  const { MenuLink: Loaded } = useParts();
  return <Loaded {...props} />;
}

export function MenuDownload(props: MenuParts.MenuDownloadProps) {
  const { MenuDownload: Loaded } = useParts();
  return <Loaded {...props} />;
}

export function MenuCheckItem(props: MenuParts.MenuCheckItemProps) {
  const { MenuCheckItem: Loaded } = useParts();
  return <Loaded {...props} />;
}

export function MenuChoice<Value extends string>(props: MenuParts.MenuChoiceProps<Value>) {
  const { MenuChoice: Loaded } = useParts();
  return <Loaded {...props} />;
}

export function MenuLabel(props: { readonly children: ReactNode }) {
  const { MenuLabel: Loaded } = useParts();
  return <Loaded {...props} />;
}

export function MenuSeparator() {
  const { MenuSeparator: Loaded } = useParts();
  return <Loaded />;
}
