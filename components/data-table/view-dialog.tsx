"use client";

import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import type { ReactNode } from "react";
import { ViewList } from "#components/data-table/view-list";
import { changeView, createView } from "#components/data-table/views-api";
import type { Answer } from "#components/data-table/views-api";
import type { ViewTarget } from "#components/data-table/view-target";
import { Button } from "#components/ui/button";
import { CheckboxField } from "#components/ui/checkbox";
import { Dialog } from "#components/ui/dialog";
import { FormDialog } from "#components/ui/form-dialog";
import { TextField } from "#components/ui/text-field";
import { useFailureMessage } from "#components/ui/use-failure-text";
import type { SavedView, SavedViews } from "#access/saved-views/model";
import { MAX_VIEW_NAME_CHARS } from "#access/saved-views/model";

export type ViewQuestion =
  /** `view`: the one to rename or share; null: a new one. */
  { readonly what: "save"; readonly view: SavedView | null } | { readonly what: "manage" };

type ViewDialogProps = {
  readonly list: string;
  readonly question: ViewQuestion;
  readonly found: SavedViews;
  readonly target: ViewTarget;
  readonly onChanged: () => Promise<unknown>;
  readonly onClose: () => void;
};

/** Saves a view, or lists the views to change them. */
export function ViewDialog(props: ViewDialogProps) {
  const { question, found, onChanged, onClose } = props;
  const t = useTranslations("table.views");
  const [edited, setEdited] = useState<SavedView | null>(null);
  if (question.what === "save" || edited !== null) {
    const view = question.what === "save" ? question.view : edited;
    return (
      <ViewForm
        {...props}
        key={view?.id ?? "new"}
        view={view}
        onClose={() => {
          setEdited(null);
          if (question.what === "save") {
            onClose();
          }
        }}
      />
    );
  }
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={t("manageTitle")}
      description={t("manageDescription")}
      footer={<Button onClick={onClose}>{t("close")}</Button>}
    >
      <ViewList views={found.views} onChanged={onChanged} onEdit={setEdited} />
    </Dialog>
  );
}

type ViewFormProps = ViewDialogProps & { readonly view: SavedView | null };

function ViewForm({ list, found, target, view, onChanged, onClose }: ViewFormProps) {
  const t = useTranslations("table.views");
  const failureMessage = useFailureMessage();
  const [name, setName] = useState(view?.name ?? "");
  const [isShared, setIsShared] = useState(view?.isShared ?? false);
  const [isReplaced, setIsReplaced] = useState(view === null);
  const [failure, setFailure] = useState<ReactNode>(null);
  const [isBusy, startWork] = useTransition();

  function save(): Promise<Answer<undefined>> {
    const content = { query: target.currentQuery(), columns: [...target.visibleColumns] };
    return view === null
      ? createView({ list, name, isShared, ...content })
      : changeView(view.id, { name, isShared, ...(isReplaced ? content : {}) });
  }

  function submit() {
    setFailure(null);
    startWork(async () => {
      const answer = await save();
      if (answer.ok) {
        await onChanged();
        onClose();
      } else {
        setFailure(answer.code === "conflict" ? t("conflict") : failureMessage(answer));
      }
    });
  }

  return (
    <FormDialog
      title={t(view === null ? "saveTitle" : "changeTitle")}
      description={t("description")}
      submitLabel={t("submit")}
      isBusy={isBusy}
      isBlocked={name.trim() === ""}
      error={failure}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label={t("name")}
        value={name}
        maxLength={MAX_VIEW_NAME_CHARS}
        onChange={setName}
      />
      {view !== null && (
        <CheckboxField
          label={t("replace")}
          checked={isReplaced}
          onChange={(event) => setIsReplaced(event.target.checked)}
        />
      )}
      {found.mayShare && (
        <CheckboxField
          label={t("share")}
          hint={t("shareHint")}
          checked={isShared}
          onChange={(event) => setIsShared(event.target.checked)}
        />
      )}
    </FormDialog>
  );
}
