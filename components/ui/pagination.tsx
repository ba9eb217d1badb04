"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { IconButton } from "#components/ui/button";

type PaginationProps = {
  readonly page: number;
  /** The number of pages. Nothing is rendered for one page. */
  readonly pages: number;
  readonly onPage: (page: number) => void;
};

export function Pagination({ page, pages, onPage }: PaginationProps) {
  const t = useTranslations("table");
  if (pages <= 1) {
    return null;
  }
  const steps = [
    { label: t("firstPage"), icon: "chevrons-left", to: 1, isPossible: page > 1 },
    { label: t("previousPage"), icon: "chevron-left", to: page - 1, isPossible: page > 1 },
    { label: t("nextPage"), icon: "chevron-right", to: page + 1, isPossible: page < pages },
    { label: t("lastPage"), icon: "chevrons-right", to: pages, isPossible: page < pages },
  ] as const;
  return (
    <nav aria-label={t("pagination")} className="flex items-center gap-3">
      <span className="text-xs text-ink-muted tabular-nums">{t("page", { page, pages })}</span>
      <span className="flex gap-1">
        {steps.map(({ label, icon, to, isPossible }) => (
          <IconButton
            key={label}
            size="sm"
            variant="secondary"
            label={label}
            disabled={!isPossible}
            onClick={() => onPage(to)}
          >
            <Icon name={icon} />
          </IconButton>
        ))}
      </span>
    </nav>
  );
}
