"use client";

import type { ColumnVisibilityState, Updater } from "@tanstack/react-table";
import { createContext, useContext, useState } from "react";
import type { ReactNode } from "react";
import {
  findColumnsCookie,
  readChosenColumns,
  toColumnsCookie,
} from "#components/data-table/chosen-columns";
import type { ChosenColumns } from "#components/data-table/chosen-columns";

const Chosen = createContext<
  readonly [ChosenColumns, (name: string, visibility: ColumnVisibilityState) => void]
>([{}, () => undefined]);

type ColumnChoicesProps = { readonly atFirst: ChosenColumns; readonly children: ReactNode };

/** The chosen columns of all lists below, remembered in a cookie. */
export function ColumnChoices({ atFirst, children }: ColumnChoicesProps) {
  const [chosen, setChosen] = useState(atFirst);
  const choose = (name: string, visibility: ColumnVisibilityState) => {
    // Another tab may have changed the columns of another list.
    const next = { ...readChosenColumns(findColumnsCookie(document.cookie)), [name]: visibility };
    document.cookie = toColumnsCookie(next);
    setChosen(next);
  };
  return <Chosen value={[chosen, choose]}>{children}</Chosen>;
}

/** The visible columns of a list: they are a preference of the user and not part of the URL. */
export function useColumnVisibility(
  name: string,
  atFirst: ColumnVisibilityState,
): {
  readonly columnVisibility: ColumnVisibilityState;
  readonly onColumnVisibilityChange: (updater: Updater<ColumnVisibilityState>) => void;
} {
  const [chosen, choose] = useContext(Chosen);
  const columnVisibility = { ...atFirst, ...chosen[name] };
  return {
    columnVisibility,
    onColumnVisibilityChange: (updater) => {
      const next = typeof updater === "function" ? updater(columnVisibility) : updater;
      const changed = Object.entries(next).filter(
        ([id, isVisible]) => isVisible !== (atFirst[id] ?? true),
      );
      choose(name, Object.fromEntries(changed));
    },
  };
}
