"use client";

import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button";
import { RefreshCw } from "#components/ui/icons";

type NewerRowsProps = {
  readonly newCount: number;
  /** Whether shown rows are no longer on this page. */
  readonly hasLeft: boolean;
  readonly onShow: () => void;
};

/** Offers the rows that arrived while the list was read. The place is always there, so that nothing moves. */
export function NewerRows({ newCount, hasLeft, onShow }: NewerRowsProps) {
  const t = useTranslations("table");
  return (
    <div
      role="status"
      className="pointer-events-none sticky top-2 z-20 mb-0! flex h-0 justify-center"
    >
      {(newCount > 0 || hasLeft) && (
        <Button
          size="sm"
          variant="primary"
          onClick={onShow}
          className="pointer-events-auto shadow-raised max-md:mt-14"
        >
          <RefreshCw aria-hidden />
          {newCount > 0 ? t("showNew", { count: newCount }) : t("showChanges")}
        </Button>
      )}
    </div>
  );
}
