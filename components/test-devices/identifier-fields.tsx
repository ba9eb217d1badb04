"use client";

import { useTranslations } from "next-intl";
import { RadioGroup } from "#components/ui/radio";
import { TextField } from "#components/ui/text-field";
import type { IdentifierType } from "#fleet/test-devices/model";
import { isWellFormed } from "#fleet/test-devices/identifier";
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
      <TextField
        label={t("fields.identifier")}
        hint={t(identifierType === "MACAddress" ? "fields.macHint" : "fields.serialHint")}
        error={
          isRefused
            ? t(`${isWellFormed(value) ? "noPhoneError" : "identifierError"}.${identifierType}`)
            : undefined
        }
        required
        maxLength={64}
        spellCheck={false}
        autoComplete="off"
        value={identifier}
        onChange={(text) => onChange({ identifierType, identifier: text })}
      />
    </>
  );
}
