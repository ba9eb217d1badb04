"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { changeView, removeView } from "#components/data-table/views-api";
import type { Answer } from "#components/data-table/views-api";
import { Button, IconButton } from "#components/ui/button";
import { toast } from "#components/ui/toast";
import { useFailureMessage } from "#components/ui/use-failure-text";
import type { SavedView } from "#access/saved-views/model";

type ViewListProps = {
  readonly views: readonly SavedView[];
  readonly onChanged: () => Promise<unknown>;
  readonly onEdit: (view: SavedView) => void;
};

/** The views of a list, each with what the reader may do with it. */
export function ViewList({ views, onChanged, onEdit }: ViewListProps) {
  const t = useTranslations("table.views");
  const failureMessage = useFailureMessage();
  const [isBusy, startWork] = useTransition();

  function run(work: () => Promise<Answer<undefined>>) {
    startWork(async () => {
      const answer = await work();
      if (!answer.ok) {
        toast.error(failureMessage(answer));
      }
      await onChanged();
    });
  }

  if (views.length === 0) {
    return <p className="text-[0.8125rem] text-ink-muted">{t("none")}</p>;
  }
  return (
    <ul className="divide-y divide-line rounded-md border border-line">
      {views.map((view) => (
        <li key={view.id} className="flex flex-wrap items-center gap-2 px-3 py-2 text-[0.8125rem]">
          <span className="min-w-0 flex-1 wrap-anywhere">
            {view.name}
            {view.isShared && (
              <span className="block text-xs text-ink-muted">
                {t("sharedBy", { name: view.ownerName })}
              </span>
            )}
          </span>
          <Button
            size="sm"
            aria-pressed={view.isDefault}
            disabled={isBusy}
            onClick={() => run(() => changeView(view.id, { isDefault: !view.isDefault }))}
          >
            <Icon name="star" />
            {t(view.isDefault ? "isDefault" : "makeDefault")}
          </Button>
          {view.isChangeable && (
            <>
              <IconButton
                size="sm"
                label={t("change", { name: view.name })}
                disabled={isBusy}
                onClick={() => onEdit(view)}
              >
                <Icon name="pencil" />
              </IconButton>
              <IconButton
                size="sm"
                label={t("remove", { name: view.name })}
                disabled={isBusy}
                onClick={() => run(() => removeView(view.id))}
              >
                <Icon name="trash-2" />
              </IconButton>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
