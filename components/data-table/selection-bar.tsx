"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Selection } from "#components/data-table/use-selection";
import { Button, IconButton } from "#components/ui/button";

type SelectionBarProps<Row> = {
  readonly selection: Selection<Row>;
  /** The number of all matching rows; null if "select all matching" is not offered. */
  readonly total: number | null;
  readonly onSelectMatching: () => void;
  /** The buttons of the actions. */
  readonly children: ReactNode;
};

/** The actions for the selected rows. Floats above the end of the table while rows are selected. */
export function SelectionBar<Row>({
  selection,
  total,
  onSelectMatching,
  children,
}: SelectionBarProps<Row>) {
  const t = useTranslations("table");
  const isOpen = selection.count > 0;
  return (
    <>
      <p role="status" className="sr-only">
        {isOpen && t("selectedCount", { count: selection.count })}
      </p>
      {isOpen && (
        <section
          aria-label={t("selection")}
          className="sticky bottom-4 z-30 mx-auto flex w-fit max-w-full animate-in flex-wrap items-center gap-x-3 gap-y-2 rounded-xl border border-line-strong bg-raised py-2 ps-4 pe-2 shadow-raised fade-in-0 slide-in-from-bottom-2 max-md:w-full print:hidden"
        >
          <span className="text-[0.8125rem] font-medium tabular-nums">
            {selection.kind === "matching"
              ? t("selectedAllMatching", { count: selection.count })
              : t("selectedCount", { count: selection.count })}
          </span>
          {selection.kind === "rows" && total !== null && total > selection.count && (
            <Button
              variant="link"
              size="inline"
              className="text-[0.8125rem]"
              onClick={onSelectMatching}
            >
              {t("selectAllMatching", { total })}
            </Button>
          )}
          <IconButton
            size="sm"
            label={t("clearSelection")}
            onClick={selection.clear}
            className="max-md:ms-auto md:order-last"
          >
            <Icon name="x" />
          </IconButton>
          <div className="flex flex-wrap items-center gap-2 max-md:w-full">{children}</div>
        </section>
      )}
    </>
  );
}
