"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { useSearchParams } from "next/navigation";
import { useEffect, useEffectEvent, useState } from "react";
import type { ViewQuestion } from "#components/data-table/view-dialog";
import type { ViewTarget } from "#components/data-table/view-target";
import type { HistoryEntry } from "#components/data-table/use-table-search";
import { fetchViews } from "#components/data-table/views-api";
import { ToolbarButton } from "#components/data-table/toolbar-button";
import { Menu, MenuItem, MenuLabel, MenuSeparator } from "#components/ui/dropdown-menu";
import { loadLater } from "#components/ui/load-later";
import { toast } from "#components/ui/toast";
import { useFailureMessage } from "#components/ui/use-failure-text";
import type { SavedView, SavedViews } from "#access/saved-views/model";
import { useJoined } from "#components/ui/use-joined";

const ViewDialog = loadLater(() =>
  import("#components/data-table/view-dialog").then((module) => module.ViewDialog),
);

type ViewsMenuProps = {
  /** The name of the list. */
  readonly list: string;
  readonly target: ViewTarget;
};

/** Opens, saves and changes named views of a list. A list that is opened without a query shows the default view. */
export function ViewsMenu({ list, target }: ViewsMenuProps) {
  const t = useTranslations("table.views");
  const joined = useJoined();
  const failureMessage = useFailureMessage();
  const [found, setFound] = useState<SavedViews | null>(null);
  const [question, setQuestion] = useState<ViewQuestion | null>(null);

  async function load(): Promise<SavedViews | null> {
    const answer = await fetchViews(list);
    if (!answer.ok) {
      toast.error(failureMessage(answer));
      return null;
    }
    setFound(answer.value);
    return answer.value;
  }

  function open(view: SavedView, history: HistoryEntry) {
    const misfits = target.apply(view, history);
    if (misfits.length > 0) {
      toast.warning(t("misfits", { name: view.name }), { description: joined(misfits) });
    }
  }

  const openDefault = useEffectEvent(async () => {
    const answer = await fetchViews(list);
    const view = answer.ok ? answer.value.views.find(({ isDefault }) => isDefault) : undefined;
    // The person may have begun to search.
    if (view !== undefined && window.location.search === "") {
      // The reader did not ask for the list without the view, so Back leads to the page before.
      open(view, "replace");
    }
  });
  // Synchronises the page with the default view, which the server keeps: only when the page opens.
  useEffect(() => {
    if (window.location.search === "") {
      void openDefault();
    }
  }, []);

  const unknown = joined(target.unknownIn(useSearchParams().toString()));
  const nameUnknown = useEffectEvent(() => toast.warning(t("unknown"), { description: unknown }));
  // Synchronises the message with the address, which a link, Back or Forward changes while the list stays open.
  useEffect(() => {
    if (unknown !== "") {
      nameUnknown();
    }
  }, [unknown]);

  return (
    <>
      <Menu
        trigger={<ToolbarButton icon={<Icon name="star" />} label={t("action")} />}
        onOpen={() => void load()}
      >
        <MenuLabel>{t("action")}</MenuLabel>
        {found?.views.length === 0 && <MenuLabel>{t("none")}</MenuLabel>}
        {found?.views.map((view) => (
          <MenuItem key={view.id} onSelect={() => open(view, "push")}>
            <bdi className="min-w-0 truncate">{view.name}</bdi>
            <span className="ms-auto ps-3 text-xs text-ink-muted">
              {[
                ...(view.isDefault ? [t("isDefault")] : []),
                ...(view.isShared ? [t("sharedBy", { name: view.ownerName })] : []),
              ].join(" · ")}
            </span>
          </MenuItem>
        ))}
        <MenuSeparator />
        <MenuItem onSelect={() => setQuestion({ what: "save", view: null })}>{t("save")}</MenuItem>
        {(found?.views.length ?? 0) > 0 && (
          <MenuItem onSelect={() => setQuestion({ what: "manage" })}>{t("manage")}</MenuItem>
        )}
      </Menu>
      {question !== null && found !== null && (
        <ViewDialog
          list={list}
          question={question}
          found={found}
          target={target}
          onChanged={load}
          onClose={() => setQuestion(null)}
        />
      )}
    </>
  );
}
