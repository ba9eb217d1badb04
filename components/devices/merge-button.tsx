"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "#components/ui/toast";
import { ConfirmAction } from "#components/forms/confirm-action";
import { useActionForm } from "#components/forms/use-action-form";
import type { MergeActions } from "#components/devices/merge-actions";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { DefinitionList } from "#components/ui/definition-list";
import { Instant } from "#components/ui/instant";
import { TextAreaField } from "#components/ui/text-field";
import { useFailureMessage } from "#components/ui/use-failure-text";
import { phoneName } from "#fleet/devices/audit-facts";
import type { MergeCandidate } from "#phones/merges/decide-merge";
import type { MergePreview } from "#phones/merges/model";

type MergeButtonProps = {
  readonly deviceIds: [string, string];
  /** For assistive technology: which rows. */
  readonly label: string;
  readonly actions: MergeActions;
};

/** Merges two rows of the inventory that are one phone, after a preview. */
export function MergeButton({ deviceIds, label, actions }: MergeButtonProps) {
  const t = useTranslations("doubtful.merge");
  const failureMessage = useFailureMessage();
  const { isBusy, failure, submit } = useActionForm(actions.preview);
  const [preview, setPreview] = useState<MergePreview | null>(null);
  return (
    <>
      <Button
        size="sm"
        isBusy={isBusy}
        aria-label={label}
        onClick={() => submit({ deviceIds }, setPreview)}
      >
        {t("action")}
      </Button>
      {failure !== null && (
        <p role="alert" className="text-xs text-bad-ink">
          {failureMessage(failure)}
        </p>
      )}
      {preview !== null && (
        <MergeDialog
          preview={preview}
          deviceIds={deviceIds}
          merge={actions.merge}
          onClose={() => setPreview(null)}
        />
      )}
    </>
  );
}

type MergeDialogProps = {
  readonly preview: MergePreview;
  readonly deviceIds: [string, string];
  readonly merge: MergeActions["merge"];
  readonly onClose: () => void;
};

function MergeDialog({ preview, deviceIds, merge, onClose }: MergeDialogProps) {
  const t = useTranslations("doubtful.merge");
  const tRetirement = useTranslations("retirement.actions");
  const failureMessage = useFailureMessage();
  const [reason, setReason] = useState("");
  const { kept, merged, moved, obstacle } = preview;
  return (
    <ConfirmAction
      title={t("title")}
      description={t("description")}
      confirmLabel={t("action")}
      isDangerous
      isBlocked={obstacle !== null}
      action={merge}
      input={{ deviceIds, keptId: kept.id, reason }}
      failures={{ conflict: t("conflict") }}
      onDone={() => toast.success(t("done"))}
      onClose={onClose}
    >
      {obstacle !== null && (
        <Callout tone="warn" role="status" title={t("obstacle")}>
          {failureMessage({ code: "invalid_state", reason: { code: obstacle } })}
        </Callout>
      )}
      <DefinitionList
        isNarrow
        items={[
          { term: t("kept"), value: <Candidate candidate={kept} /> },
          { term: t("merged"), value: <Candidate candidate={merged} /> },
          { term: t("moved"), value: t("movedFacts", moved) },
        ]}
      />
      {obstacle === null && (
        <TextAreaField
          label={tRetirement("reason")}
          hint={tRetirement("reasonHint")}
          aside={tRetirement("optional")}
          maxLength={1_000}
          value={reason}
          onChange={setReason}
        />
      )}
    </ConfirmAction>
  );
}

function Candidate({ candidate }: { readonly candidate: MergeCandidate }) {
  const t = useTranslations("doubtful.columns");
  const { hardware, serialNumber, firstSeenAt, lastSeenAt } = candidate;
  return (
    <>
      <span className="block font-medium">
        {phoneName({ ...candidate, model: hardware.model })}
      </span>
      {serialNumber !== null && <span className="block">{serialNumber}</span>}
      <span className="block text-ink-muted">
        {t("firstSeenAt")} <Instant date={firstSeenAt} format="full" />
      </span>
      <span className="block text-ink-muted">
        {t("lastSeenAt")} <Instant date={lastSeenAt} format="full" />
      </span>
    </>
  );
}
