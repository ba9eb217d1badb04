"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "#components/ui/toast";
import { useActionForm } from "#components/forms/use-action-form";
import { Callout } from "#components/ui/callout";
import { Combobox } from "#components/ui/combobox";
import { Field } from "#components/ui/field";
import { FormDialog } from "#components/ui/form-dialog";
import { RadioGroup } from "#components/ui/radio";
import { TextAreaField } from "#components/ui/text-field";
import { useFailureMessage } from "#components/ui/use-failure-text";
import type { TestCandidate } from "#firmware/rules/test-phone";
import type { ActionResult } from "#access/auth/action-result";
import { useJoined } from "#components/ui/use-joined";
import type {
  IdentifierType,
  RefusedTestDevice,
  TestDevicesReport,
} from "#fleet/test-devices/model";
import { formatIdentifier, readIdentifiers } from "#fleet/test-devices/read-identifiers";
import type { CreateTestDevicesInput } from "#fleet/test-devices/schema";

export type CreateTestDevices = (
  input: CreateTestDevicesInput,
) => Promise<ActionResult<TestDevicesReport>>;

type TestDialogProps = {
  readonly pendingVersion: string | null;
  readonly siteName: string;
  readonly candidates: readonly TestCandidate[];
  readonly createTestDevices: CreateTestDevices;
  readonly onClose: () => void;
};

/** Chooses phones for a test: known phones from a list, others by the MAC address or serial number on their back. */
export function TestDialog({
  pendingVersion,
  siteName,
  candidates,
  createTestDevices,
  onClose,
}: TestDialogProps) {
  const t = useTranslations("rule.addTestPhones");
  const failureMessage = useFailureMessage();
  const { isBusy, failure, submit } = useActionForm(createTestDevices);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [others, setOthers] = useState<TypedPhones>({ identifierType: "MACAddress", text: "" });
  const [scope, setScope] = useState<Scope>("site");
  const [refused, setRefused] = useState<readonly RefusedTestDevice[]>([]);

  const { identifierType } = others;
  const { identifiers, unreadable } = readIdentifiers(others.text, identifierType);
  const marks = [
    ...candidates
      .filter(({ id }) => chosen.includes(id))
      .map((phone) => ({ mark: phone.mark, siteName: phone.siteName ?? siteName })),
    ...identifiers.map((identifier) => ({ mark: { identifierType, identifier }, siteName })),
  ];
  const siteNames = [...new Set(marks.map((marked) => marked.siteName))];

  function add() {
    const testDevices = marks.map(({ mark, siteName: ownSite }) => ({
      ...mark,
      name: formatIdentifier(mark),
      siteName: scope === "site" ? ownSite : null,
    }));
    submit({ testDevices }, (report) => {
      if (report.created > 0) {
        toast.success(t("created", { count: report.created }));
      }
      if (report.refused.length === 0) {
        onClose();
        return;
      }
      setChosen([]);
      setOthers({ identifierType, text: "" });
      setRefused(report.refused);
    });
  }

  return (
    <FormDialog
      title={t("title")}
      description={
        pendingVersion === null
          ? t("descriptionNothing")
          : t("description", { version: pendingVersion })
      }
      submitLabel={t("add")}
      isBusy={isBusy}
      isBlocked={marks.length === 0 || unreadable.length > 0}
      error={failure && failureMessage(failure)}
      onClose={onClose}
      onSubmit={add}
    >
      {refused.length > 0 && <RefusedPhones refused={refused} />}
      <CandidatePicker candidates={candidates} chosen={chosen} onChange={setChosen} />
      <OtherPhones value={others} unreadable={unreadable} onChange={setOthers} />
      <ScopeChoice
        siteNames={siteNames.length === 0 ? [siteName] : siteNames}
        value={scope}
        onChange={setScope}
      />
    </FormDialog>
  );
}

/** Unknown phones, as typed or pasted. */
type TypedPhones = { readonly identifierType: IdentifierType; readonly text: string };

type OtherPhonesProps = {
  readonly value: TypedPhones;
  readonly unreadable: readonly string[];
  readonly onChange: (value: TypedPhones) => void;
};

function OtherPhones({ value, unreadable, onChange }: OtherPhonesProps) {
  const t = useTranslations("rule.addTestPhones");
  const joined = useJoined();
  const { identifierType } = value;
  return (
    <>
      <RadioGroup
        legend={t("identifierType")}
        value={identifierType}
        onChange={(type) => onChange({ ...value, identifierType: type })}
        options={[
          { value: "MACAddress", label: t("macAddress") },
          { value: "SerialNumber", label: t("serialNumber") },
        ]}
      />
      <TextAreaField
        label={t("identifiers")}
        hint={t("identifiersHint")}
        error={
          unreadable.length > 0
            ? t(`unreadable.${identifierType}`, { words: joined(unreadable) })
            : undefined
        }
        rows={2}
        value={value.text}
        spellCheck={false}
        placeholder={identifierType === "MACAddress" ? t("macPlaceholder") : t("serialPlaceholder")}
        onChange={(text) => onChange({ ...value, text: text })}
      />
    </>
  );
}

type CandidatePickerProps = {
  readonly candidates: readonly TestCandidate[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
};

function CandidatePicker({ candidates, chosen, onChange }: CandidatePickerProps) {
  const t = useTranslations("rule.addTestPhones");
  const joined = useJoined();
  return (
    <Field
      label={t("candidates")}
      hint={candidates.length === 0 ? t("candidatesNone") : t("candidatesHint")}
    >
      {(control) => (
        <Combobox
          {...control}
          label={t("candidates")}
          placeholder={t("candidatesPlaceholder")}
          isDisabled={candidates.length === 0}
          selected={chosen}
          onChange={onChange}
          options={candidates.map(({ id, mark, model, version }) => ({
            value: id,
            label: formatIdentifier(mark),
            hint: joined([model, version ?? ""].filter((part) => part !== "")),
          }))}
        />
      )}
    </Field>
  );
}

function RefusedPhones({ refused }: { readonly refused: readonly RefusedTestDevice[] }) {
  const t = useTranslations("rule.addTestPhones");
  const failureMessage = useFailureMessage();
  return (
    <Callout tone="bad" role="alert" title={t("refused", { count: refused.length })}>
      <ul>
        {refused.map((phone) => (
          <li key={phone.identifier}>
            {formatIdentifier(phone)}: {failureMessage(phone, { conflict: t("conflict") })}
          </li>
        ))}
      </ul>
    </Callout>
  );
}

type Scope = "site" | "everywhere";

type ScopeChoiceProps = {
  /** Those of the chosen phones. */
  readonly siteNames: readonly string[];
  readonly value: Scope;
  readonly onChange: (scope: Scope) => void;
};

function ScopeChoice({ siteNames, value, onChange }: ScopeChoiceProps) {
  const t = useTranslations("rule.addTestPhones");
  const joined = useJoined();
  return (
    <RadioGroup
      legend={t("scope")}
      value={value}
      onChange={onChange}
      options={[
        { value: "site", label: t("site", { site: joined(siteNames) }), hint: t("siteHint") },
        { value: "everywhere", label: t("everywhere"), hint: t("everywhereHint") },
      ]}
    />
  );
}
