"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useActionForm } from "#components/forms/use-action-form";
import { NetworkPreviewList } from "#components/sites/network-preview";
import type { NetworkActions } from "#components/sites/site-actions";
import { Callout } from "#components/ui/callout";
import { FormDialog } from "#components/ui/form-dialog";
import { TextAreaField } from "#components/ui/text-field";
import { toast } from "#components/ui/toast";
import { useFailureMessage } from "#components/ui/use-failure-text";
import type { NetworkPreview } from "#fleet/sites/model";

type NetworksDialogProps = {
  /** The site of lines that name none; null: each line names its site. */
  readonly defaultSite: string | null;
  readonly actions: NetworkActions;
  readonly onClose: () => void;
};

/** Adds many networks: a list is pasted or read from a file, and its effect is shown before it is saved. */
export function NetworksDialog({ defaultSite, actions, onClose }: NetworksDialogProps) {
  const [text, setText] = useState("");
  const [preview, setPreview] = useState<NetworkPreview | null>(null);
  return preview === null ? (
    <ListDialog
      text={text}
      defaultSite={defaultSite}
      actions={actions}
      onChange={setText}
      onRead={setPreview}
      onClose={onClose}
    />
  ) : (
    <SaveDialog
      preview={preview}
      actions={actions}
      onBack={() => setPreview(null)}
      onClose={onClose}
    />
  );
}

type ListDialogProps = NetworksDialogProps & {
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly onRead: (preview: NetworkPreview) => void;
};

function ListDialog({ text, defaultSite, actions, onChange, onRead, onClose }: ListDialogProps) {
  const t = useTranslations("sites.import");
  const failureMessage = useFailureMessage();
  const { isBusy, failure, submit } = useActionForm(actions.preview);
  return (
    <FormDialog
      title={defaultSite === null ? t("title") : t("titleOf", { site: defaultSite })}
      description={defaultSite === null ? t("description") : t("descriptionOf")}
      submitLabel={t("preview")}
      isBusy={isBusy}
      isBlocked={text.trim() === ""}
      hasInput={text !== ""}
      error={failure && failureMessage(failure)}
      onClose={onClose}
      onSubmit={() => submit({ text, defaultSite }, onRead)}
    >
      <TextAreaField
        label={t("networks")}
        hint={t("hint")}
        required
        rows={8}
        spellCheck={false}
        placeholder={defaultSite === null ? "10.4.0.0/16;Berlin" : "10.4.0.0/16"}
        value={text}
        onChange={onChange}
      />
      <label className="block text-[0.8125rem] text-ink-muted">
        {t("file")}{" "}
        <input
          type="file"
          accept=".csv,.txt,text/csv,text/plain"
          className="mt-1.5 block max-w-full text-ink file:me-3 file:cursor-pointer file:rounded-md file:border file:border-solid file:border-line-strong file:bg-surface file:px-3 file:py-1.5 file:font-medium"
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            void file?.text().then(onChange);
          }}
        />
      </label>
    </FormDialog>
  );
}

type SaveDialogProps = Pick<NetworksDialogProps, "actions" | "onClose"> & {
  readonly preview: NetworkPreview;
  /** To the list, which may have lines that cannot be used. */
  readonly onBack: () => void;
};

function SaveDialog({ preview, actions, onBack, onClose }: SaveDialogProps) {
  const t = useTranslations("sites.import");
  const failureMessage = useFailureMessage();
  const { isBusy, failure, submit } = useActionForm(actions.set);
  const changed = preview.networks.filter(({ change }) => change !== "unchanged");
  return (
    <FormDialog
      title={t("previewTitle")}
      submitLabel={t("submit", { count: changed.length })}
      cancelLabel={t("back")}
      isBusy={isBusy}
      isBlocked={changed.length === 0}
      error={failure && failureMessage(failure)}
      onClose={onBack}
      onSubmit={() =>
        submit(
          { networks: changed.map(({ network, siteName }) => ({ network, siteName })) },
          ({ added, moved }) => {
            toast.success(t("done", { count: added + moved }));
            onClose();
          },
        )
      }
    >
      {preview.newSites.length > 0 && (
        <Callout>{t("newSites", { sites: preview.newSites.join(", ") })}</Callout>
      )}
      <NetworkPreviewList preview={preview} />
    </FormDialog>
  );
}
