"use client";

import { useTranslations } from "next-intl";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { RadioGroup } from "#components/ui/radio";
import type { IdentifierType } from "#fleet/test-devices/model";
import { isWellFormed } from "#fleet/test-devices/schema";
import { IDENTIFIER_TYPES } from "#fleet/test-devices/model";

export type Identifier = {
  readonly identifierType: IdentifierType;
  readonly identifier: string;
};

type IdentifierFieldsProps = {
  readonly value: Identifier;
  readonly onChange: (value: Identifier) => void;
  /** The server refused the identifier. */
  readonly isRefused: boolean;
};

export function IdentifierFields({ value, onChange, isRefused }: IdentifierFieldsProps) {
  const t = useTranslations("testDevices");
  const { identifierType, identifier } = value;
  return (
    <>
      <RadioGroup
        legend={t("fields.identifierType")}
        value={identifierType}
        onChange={(type) => onChange({ identifier, identifierType: type })}
        options={IDENTIFIER_TYPES.map((type) => ({
          value: type,
          label: t(`identifierTypes.${type}`),
        }))}
      />
      <Field
        label={t("fields.identifier")}
        hint={t(identifierType === "MACAddress" ? "fields.macHint" : "fields.serialHint")}
        error={
          isRefused
            ? t(`${isWellFormed(value) ? "noPhoneError" : "identifierError"}.${identifierType}`)
            : undefined
        }
      >
        {(control) => (
          <Input
            {...control}
            required
            maxLength={64}
            spellCheck={false}
            autoComplete="off"
            value={identifier}
            onChange={(event) => onChange({ identifierType, identifier: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}
