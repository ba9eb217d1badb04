"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "#components/ui/toast";
import { useActionForm } from "#components/forms/use-action-form";
import { FormDialog } from "#components/ui/form-dialog";
import { SelectField, TextField } from "#components/ui/text-field";
import { isRefused, useFailureMessage } from "#components/ui/use-failure-text";
import type { ActionResult } from "#access/auth/action-result";
import type { VersionMatch } from "#firmware/rules/version-match";
import { VERSION_MATCH_SCOPES } from "#firmware/rules/version-match";
import type { CreateVersionMatchInput } from "#firmware/rules/version-match-schema";

export type CreateVersionMatch = (
  input: CreateVersionMatchInput,
) => Promise<ActionResult<VersionMatch>>;

type VersionMatchDialogProps = {
  readonly ruleId: string;
  readonly packageVersion: string;
  readonly otherVersions: readonly string[];
  readonly createVersionMatch: CreateVersionMatch;
  readonly onClose: () => void;
};

/** Asks for the version that phones report for the rule's version. */
export function VersionMatchDialog({
  ruleId,
  packageVersion,
  otherVersions,
  createVersionMatch,
  onClose,
}: VersionMatchDialogProps) {
  const t = useTranslations("rule.versionMatches");
  const failureMessage = useFailureMessage();
  const { isBusy, failure, submit } = useActionForm(createVersionMatch);
  const [reportedVersion, setReportedVersion] = useState(otherVersions[0] ?? "");
  const [scope, setScope] = useState<CreateVersionMatchInput["scope"]>("pool");
  return (
    <FormDialog
      title={t("formTitle", { version: packageVersion })}
      submitLabel={t("submit")}
      isBusy={isBusy}
      error={
        failure && failureMessage(failure, { conflict: t("conflict"), invalid_state: t("same") })
      }
      onClose={onClose}
      onSubmit={() =>
        submit({ ruleId, packageVersion, reportedVersion, scope }, () => {
          toast.success(t("saved"));
          onClose();
        })
      }
    >
      <TextField
        label={t("reportedVersion")}
        hint={t("reportedHint")}
        error={isRefused(failure, "reportedVersion") ? t("reportedError") : undefined}
        required
        spellCheck={false}
        maxLength={128}
        suggestions={otherVersions}
        value={reportedVersion}
        onChange={setReportedVersion}
      />
      <SelectField
        label={t("scope")}
        value={scope}
        onChange={(text) => setScope(VERSION_MATCH_SCOPES.find((one) => one === text) ?? "pool")}
      >
        {VERSION_MATCH_SCOPES.map((one) => (
          <option key={one} value={one}>
            {t(`scopes.${one}`)}
          </option>
        ))}
      </SelectField>
    </FormDialog>
  );
}
