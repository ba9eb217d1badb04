"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { BrakeFields } from "#components/pools/brake-fields";
import { CheckboxField } from "#components/ui/checkbox";
import { FormDialog } from "#components/ui/form-dialog";
import { TextAreaField, TextField } from "#components/ui/text-field";
import { isRefused, useFailureMessage } from "#components/ui/use-failure-text";
import type { Failure } from "#components/ui/use-failure-text";
import type { CreatePoolInput } from "#fleet/pools/schema";

type PoolDialogProps = {
  readonly title: string;
  readonly submitLabel: string;
  readonly initial: CreatePoolInput;
  /** The pool is the default pool, which can be changed only by making another pool the default. */
  readonly isDefaultFixed: boolean;
  readonly siteNames: readonly string[];
  readonly isBusy: boolean;
  readonly failure: Failure | null;
  readonly onSubmit: (input: CreatePoolInput) => void;
  readonly onClose: () => void;
};

/** The form for a new or an existing pool. */
export function PoolDialog({
  title,
  submitLabel,
  initial,
  isDefaultFixed,
  siteNames,
  isBusy,
  failure,
  onSubmit,
  onClose,
}: PoolDialogProps) {
  const t = useTranslations("pools");
  const failureMessage = useFailureMessage();
  const [fields, setFields] = useState(initial);
  const [sipDomains, setSipDomains] = useState(initial.sipDomains.join("\n"));
  const hasRefusedDomain = failure?.fields?.some(({ path }) => path.startsWith("sipDomains"));
  const own = { conflict: t("conflict"), invalid_state: t("invalidState") };

  return (
    <FormDialog
      title={title}
      submitLabel={submitLabel}
      isBusy={isBusy}
      error={failure && failureMessage(failure, own)}
      onClose={onClose}
      onSubmit={() =>
        onSubmit({
          ...fields,
          sipDomains: sipDomains.split(/[\s,;]+/).filter((name) => name !== ""),
        })
      }
    >
      <NameAndAddresses
        fields={fields}
        siteNames={siteNames}
        failure={failure}
        onChange={setFields}
      />
      <TextAreaField
        label={t("fields.sipDomains")}
        aside={t("fields.optional")}
        hint={t("fields.sipDomainsHint")}
        error={hasRefusedDomain === true ? t("errors.sipDomains") : undefined}
        rows={2}
        spellCheck={false}
        placeholder="contoso.com"
        value={sipDomains}
        onChange={setSipDomains}
      />
      <BrakeFields fields={fields} failure={failure} onChange={setFields} />
      <CheckboxField
        label={t("fields.isDefault")}
        hint={t("defaultHint")}
        checked={fields.isDefault}
        disabled={isDefaultFixed}
        onChange={(event) => setFields({ ...fields, isDefault: event.target.checked })}
      />
    </FormDialog>
  );
}

type NameAndAddressesProps = Pick<PoolDialogProps, "siteNames" | "failure"> & {
  readonly fields: CreatePoolInput;
  readonly onChange: (fields: CreatePoolInput) => void;
};

function NameAndAddresses({ fields, siteNames, failure, onChange }: NameAndAddressesProps) {
  const t = useTranslations("pools");
  return (
    <>
      <TextField
        label={t("fields.fqdn")}
        error={isRefused(failure, "fqdn") ? t("errors.fqdn") : undefined}
        required
        spellCheck={false}
        placeholder="pool01.contoso.com"
        value={fields.fqdn}
        onChange={(text) => onChange({ ...fields, fqdn: text })}
      />
      <TextField
        label={t("fields.siteName")}
        hint={t("fields.siteHint")}
        error={isRefused(failure, "siteName") ? t("errors.siteName") : undefined}
        required
        maxLength={64}
        suggestions={siteNames}
        value={fields.siteName}
        onChange={(text) => onChange({ ...fields, siteName: text })}
      />
      {(["internalBaseUrl", "externalBaseUrl"] as const).map((name) => (
        <TextField
          key={name}
          label={t(`fields.${name}`)}
          hint={t("fields.urlHint")}
          error={isRefused(failure, name) ? t("errors.url") : undefined}
          required
          inputMode="url"
          spellCheck={false}
          placeholder="https://pool01.contoso.com"
          value={fields[name]}
          onChange={(text) => onChange({ ...fields, [name]: text })}
        />
      ))}
    </>
  );
}
