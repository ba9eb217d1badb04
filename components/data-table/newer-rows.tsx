"use client";

import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button";
import { Icon } from "#components/ui/icon";

type NewerRowsProps = {
  readonly newCount: number;
  /** Whether the newest data has other rows than those that are shown. */
  readonly isOutdated: boolean;
  readonly onShow: () => void;
};

/** Offers the rows that arrived while the list was read. The place is always there, so that nothing moves. */
export function NewerRows({ newCount, isOutdated, onShow }: NewerRowsProps) {
  const t = useTranslations("table");
  return (
    <div
      role="status"
      className="pointer-events-none sticky top-2 z-20 mb-0! flex h-0 justify-center"
    >
      {isOutdated && (
        <Button
          size="sm"
          variant="primary"
          onClick={onShow}
          className="pointer-events-auto shadow-raised max-md:mt-14"
        >
          <Icon name="refresh-cw" />
          {newCount > 0 ? t("showNew", { count: newCount }) : t("showChanges")}
        </Button>
      )}
    </div>
  );
}
