"use client";

import { useTranslations } from "next-intl";
import { useId, useState, useTransition } from "react";
import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Combobox } from "#components/ui/combobox";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { RadioGroup } from "#components/ui/radio";
import { Textarea } from "#components/ui/textarea";
import { useFailureText } from "#components/ui/use-failure-text";
import type { ActionResult } from "#lib/auth/action-result";
import { markOf } from "#lib/devices/identify";
import type { KnownPhone } from "#lib/devices/model";
import type { IdentifierType, RefusedTestDevice, TestDevicesReport } from "#lib/test-devices/model";
import { formatIdentifier, readIdentifiers } from "#lib/test-devices/read-identifiers";
import type { CreateTestDevicesInput } from "#lib/test-devices/schema";

export type CreateTestDevices = (
  input: CreateTestDevicesInput,
) => Promise<ActionResult<TestDevicesReport>>;

type TestDialogProps = {
  readonly pendingVersion: string | null;
  readonly siteName: string;
  readonly candidates: readonly KnownPhone[];
  readonly createTestDevices: CreateTestDevices;
  readonly onClose: () => void;
};

/** Chooses phones for a test: known ones from a list, any others by what stands on their back. */
export function TestDialog({
  pendingVersion,
  siteName,
  candidates,
  createTestDevices,
  onClose,
}: TestDialogProps) {
  const t = useTranslations("rule.addTestPhones");
  const tCommon = useTranslations("common");
  const failureText = useFailureText();
  const formId = useId();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [others, setOthers] = useState<TypedPhones>({ identifierType: "MACAddress", text: "" });
  const [scope, setScope] = useState<Scope>("site");
  const [failure, setFailure] = useState<string | null>(null);
  const [refused, setRefused] = useState<readonly RefusedTestDevice[]>([]);
  const [isBusy, startWork] = useTransition();

  const { identifierType } = others;
  const { identifiers, unreadable } = readIdentifiers(others.text, identifierType);
  const marks = [
    ...candidates.filter(({ id }) => chosen.includes(id)).flatMap((phone) => markOf(phone) ?? []),
    ...identifiers.map((identifier) => ({ identifierType, identifier })),
  ];

  function add() {
    startWork(async () => {
      const result = await createTestDevices({
        testDevices: marks.map((mark) => ({
          ...mark,
          name: formatIdentifier(mark),
          siteName: scope === "site" ? siteName : null,
        })),
      });
      if (!result.ok) {
        setFailure(failureText(result));
        return;
      }
      if (result.value.created > 0) {
        toast.success(t("created", { count: result.value.created }));
      }
      if (result.value.refused.length === 0) {
        onClose();
        return;
      }
      setFailure(null);
      setChosen([]);
      setOthers({ identifierType, text: "" });
      setRefused(result.value.refused);
    });
  }

  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      isLocked={isBusy}
      title={t("title")}
      description={
        pendingVersion === null
          ? t("descriptionNothing")
          : t("description", { version: pendingVersion })
      }
      footer={
        <>
          <Button disabled={isBusy} onClick={onClose}>
            {tCommon("cancel")}
          </Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            isBusy={isBusy}
            disabled={marks.length === 0 || unreadable.length > 0}
          >
            {t("add")}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        {failure !== null && (
          <Callout tone="bad" role="alert">
            {failure}
          </Callout>
        )}
        {refused.length > 0 && <RefusedPhones refused={refused} />}
        <CandidatePicker candidates={candidates} chosen={chosen} onChange={setChosen} />
        <OtherPhones value={others} unreadable={unreadable} onChange={setOthers} />
        <ScopeChoice siteName={siteName} value={scope} onChange={setScope} />
      </form>
    </Dialog>
  );
}

/** Phones that nobody knows yet, as they are typed or pasted. */
type TypedPhones = { readonly identifierType: IdentifierType; readonly text: string };

type OtherPhonesProps = {
  readonly value: TypedPhones;
  readonly unreadable: readonly string[];
  readonly onChange: (value: TypedPhones) => void;
};

function OtherPhones({ value, unreadable, onChange }: OtherPhonesProps) {
  const t = useTranslations("rule.addTestPhones");
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
      <Field
        label={t("identifiers")}
        hint={t("identifiersHint")}
        error={
          unreadable.length > 0
            ? t(`unreadable.${identifierType}`, { words: unreadable.join(", ") })
            : undefined
        }
      >
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            value={value.text}
            spellCheck={false}
            placeholder={
              identifierType === "MACAddress" ? t("macPlaceholder") : t("serialPlaceholder")
            }
            onChange={(event) => onChange({ ...value, text: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

type CandidatePickerProps = {
  readonly candidates: readonly KnownPhone[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
};

function CandidatePicker({ candidates, chosen, onChange }: CandidatePickerProps) {
  const t = useTranslations("rule.addTestPhones");
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
          options={candidates.flatMap((phone) => {
            const mark = markOf(phone);
            return mark === null
              ? []
              : [
                  {
                    value: phone.id,
                    label: formatIdentifier(mark),
                    hint: [phone.hardware.model, phone.version].filter(Boolean).join(", "),
                  },
                ];
          })}
        />
      )}
    </Field>
  );
}

function RefusedPhones({ refused }: { readonly refused: readonly RefusedTestDevice[] }) {
  const t = useTranslations("rule.addTestPhones");
  const failureText = useFailureText();
  return (
    <Callout tone="bad" role="alert" title={t("refused", { count: refused.length })}>
      <ul>
        {refused.map((phone) => (
          <li key={phone.identifier}>
            {formatIdentifier(phone)}: {failureText(phone, { conflict: t("conflict") })}
          </li>
        ))}
      </ul>
    </Callout>
  );
}

type Scope = "site" | "everywhere";

type ScopeChoiceProps = {
  readonly siteName: string;
  readonly value: Scope;
  readonly onChange: (scope: Scope) => void;
};

function ScopeChoice({ siteName, value, onChange }: ScopeChoiceProps) {
  const t = useTranslations("rule.addTestPhones");
  return (
    <RadioGroup
      legend={t("scope")}
      value={value}
      onChange={onChange}
      options={[
        { value: "site", label: t("site", { site: siteName }), hint: t("siteHint") },
        { value: "everywhere", label: t("everywhere"), hint: t("everywhereHint") },
      ]}
    />
  );
}
