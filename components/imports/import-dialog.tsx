"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useEffect, useId, useState } from "react";
import { useUnsavedInput } from "#components/ui/use-unsaved-input";
import { PoolPicker } from "#components/imports/pool-picker";
import type { PickedPools } from "#components/imports/pool-picker";
import { useUpload } from "#components/imports/use-upload";
import type { UploadStatus } from "#components/imports/use-upload";
import { Button } from "#components/ui/button";
import { Bytes } from "#components/ui/bytes";
import { Callout } from "#components/ui/callout";
import { Dialog } from "#components/ui/dialog";
import { refuseStrayFiles } from "#components/ui/dropped-files";
import { Alert } from "#components/ui/failure-callout";
import { FileDrop } from "#components/ui/file-drop";
import { useStartNavigation } from "#components/ui/navigation-progress";
import { Progress } from "#components/ui/progress";
import { TextAreaField } from "#components/ui/text-field";
import { isRefused, useFailureMessage } from "#components/ui/use-failure-text";
import { ROLE_BY_EXTENSION } from "#formats/cab/description/aliases";
import type { ReadProblem } from "#foundation/core/read-problem";
import type { Pool } from "#fleet/pools/model";

export type PoolChoice = Pick<Pool, "fqdn" | "siteName" | "isDefault">;

const ACCEPT = [
  ".cab",
  ".exe",
  ...[...ROLE_BY_EXTENSION].flatMap(([extension, role]) =>
    role === "image" ? [`.${extension}`] : [],
  ),
].join(",");

type ImportDialogProps = {
  readonly pools: readonly PoolChoice[];
  readonly onClose: () => void;
};

/** Asks for a package and its pools, uploads the package, and opens the page of the import. */
export function ImportDialog({ pools, onClose }: ImportDialogProps) {
  const t = useTranslations("imports.dialog");
  const router = useRouter();
  const startNavigation = useStartNavigation();
  const formId = useId();
  const upload = useUpload();
  const unsaved = useUnsavedInput();
  const [file, setFile] = useState<File | null>(null);
  const [notes, setNotes] = useState("");
  const [picked, setPicked] = useState<PickedPools>(() => atFirst(pools));
  const isUploading = upload.status.kind === "uploading";
  const isComplete = file !== null && (picked.isAll || picked.fqdns.length > 0);

  // Synchronises with the browser, which opens a file that is dropped beside the field.
  useEffect(() => refuseStrayFiles(window), []);

  function submit() {
    if (file === null || !isComplete || isUploading) {
      return;
    }
    const chosen = picked.isAll ? "all" : picked.fqdns;
    upload.start({ file, pools: chosen, notes }, (importId) => {
      unsaved.forget();
      onClose();
      startNavigation(() => router.push(`/updates/imports/${importId}`));
    });
  }

  return (
    <>
      <Dialog
        isOpen
        onOpenChange={() => unsaved.askBefore(onClose)}
        isLocked={isUploading}
        title={t("title")}
        description={t("description")}
        footer={
          <ImportDialogFooter
            formId={formId}
            isUploading={isUploading}
            isComplete={isComplete}
            onCancel={isUploading ? upload.abort : onClose}
          />
        }
      >
        <form
          id={formId}
          className="space-y-4"
          onInput={unsaved.note}
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <UploadProblem status={upload.status} />
          {pools.length === 0 && <Callout tone="warn">{t("noPools")}</Callout>}
          {file === null ? (
            <FileDrop
              label={t("drop")}
              hint={t("dropHint")}
              severalFiles={t("severalFiles")}
              accept={ACCEPT}
              onFile={(chosen) => {
                upload.reset();
                unsaved.note();
                setFile(chosen);
              }}
            />
          ) : (
            <ChosenFile file={file} isLocked={isUploading} onForget={() => setFile(null)} />
          )}
          {isUploading ? (
            <UploadProgress status={upload.status} />
          ) : (
            <>
              <PoolPicker pools={pools} picked={picked} onChange={setPicked} />
              <TextAreaField
                label={t("notes")}
                aside={t("optional")}
                hint={t("notesHint")}
                rows={2}
                maxLength={1_000}
                value={notes}
                onChange={setNotes}
              />
            </>
          )}
        </form>
      </Dialog>
      {unsaved.question}
    </>
  );
}

/** Preselects the default pool, so that an installation with one pool needs no choice. */
function atFirst(pools: readonly PoolChoice[]): PickedPools {
  const first = pools.find(({ isDefault }) => isDefault) ?? pools[0];
  return { isAll: false, fqdns: first === undefined ? [] : [first.fqdn] };
}

type ImportDialogFooterProps = {
  readonly formId: string;
  readonly isUploading: boolean;
  readonly isComplete: boolean;
  readonly onCancel: () => void;
};

function ImportDialogFooter({
  formId,
  isUploading,
  isComplete,
  onCancel,
}: ImportDialogFooterProps) {
  const t = useTranslations("imports.dialog");
  const common = useTranslations("common");
  return (
    <>
      <Button onClick={onCancel}>{isUploading ? t("cancelUpload") : common("cancel")}</Button>
      <Button
        type="submit"
        form={formId}
        variant="primary"
        isBusy={isUploading}
        disabled={!isComplete}
      >
        {t("start")}
      </Button>
    </>
  );
}

type ChosenFileProps = {
  readonly file: File;
  readonly isLocked: boolean;
  readonly onForget: () => void;
};

function ChosenFile({ file, isLocked, onForget }: ChosenFileProps) {
  const t = useTranslations("imports.dialog");
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-md border border-line bg-sunken/50 px-3 py-2">
      <p className="min-w-0 text-sm">
        <span className="font-medium break-all">{file.name}</span>{" "}
        <span className="text-ink-muted">
          <Bytes sizeBytes={file.size} />
        </span>
      </p>
      {!isLocked && (
        <Button size="sm" variant="ghost" onClick={onForget}>
          {t("chooseOther")}
        </Button>
      )}
    </div>
  );
}

type UploadStatusProps = { readonly status: UploadStatus };

function UploadProgress({ status }: UploadStatusProps) {
  const t = useTranslations("imports.progress");
  const tDialog = useTranslations("imports.dialog");
  return (
    <div className="space-y-3" aria-live="polite">
      <Progress label={t("upload")} ratio={status.kind === "uploading" ? status.ratio : null} />
      <Progress label={t("unpacking")} ratio={0} detail={t("waiting")} />
      <p className="text-xs text-ink-muted">{tDialog("keepOpen")}</p>
    </div>
  );
}

function UploadProblem({ status }: UploadStatusProps) {
  const t = useTranslations("imports.dialog");
  const tErrors = useTranslations("imports.errors");
  if (status.kind === "idle" || status.kind === "uploading") {
    return null;
  }
  return (
    <Alert title={t("failed")}>
      {status.kind === "refused" ? (
        <RefusedUpload problem={status.problem} />
      ) : (
        tErrors(status.kind)
      )}
    </Alert>
  );
}

function RefusedUpload({ problem }: { readonly problem: ReadProblem }) {
  const t = useTranslations("imports.errors");
  const failureMessage = useFailureMessage();
  return isRefused(problem, "query.fileName") ? t("fileName") : failureMessage(problem);
}
