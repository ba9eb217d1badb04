"use client";

import { useTranslations } from "next-intl";
import { toFieldNumber, toFieldText } from "#components/ui/number-text";
import { SelectField, TextField } from "#components/ui/text-field";
import { isRefused } from "#components/ui/use-failure-text";
import type { Failure } from "#components/ui/use-failure-text";
import { BRAKE_MODES, DEFAULT_BRAKE, withBrake } from "#fleet/pools/brake";
import type { CreatePoolInput } from "#fleet/pools/schema";

type BrakeFieldsProps = {
  readonly fields: CreatePoolInput;
  readonly failure: Failure | null;
  readonly onChange: (fields: CreatePoolInput) => void;
};

/** When a roll-out of the pool is halted. */
export function BrakeFields({ fields, failure, onChange }: BrakeFieldsProps) {
  const t = useTranslations("pools");
  const { brake, brakePercent, brakePhones } = withBrake(DEFAULT_BRAKE, fields);
  return (
    <>
      <SelectField
        label={t("fields.brake")}
        hint={t("fields.brakeHint")}
        value={brake}
        onChange={(text) => {
          const mode = BRAKE_MODES.find((known) => known === text);
          // An empty field must not be refused while it is hidden.
          onChange({
            ...fields,
            brake: mode ?? brake,
            brakePercent: brakePercent || DEFAULT_BRAKE.brakePercent,
            brakePhones: brakePhones || DEFAULT_BRAKE.brakePhones,
          });
        }}
      >
        {BRAKE_MODES.map((mode) => (
          <option key={mode} value={mode}>
            {t(`brakeModes.${mode}`)}
          </option>
        ))}
      </SelectField>
      {brake !== "off" && (
        <div className="grid grid-cols-2 gap-3">
          <TextField
            label={t("fields.brakePercent")}
            error={
              Number.isNaN(brakePercent) || isRefused(failure, "brakePercent")
                ? t("errors.brakePercent")
                : undefined
            }
            required
            type="number"
            min={1}
            max={100}
            value={toFieldText(brakePercent)}
            onChange={(text) => onChange({ ...fields, brakePercent: toFieldNumber(text) })}
          />
          <TextField
            label={t("fields.brakePhones")}
            error={
              Number.isNaN(brakePhones) || isRefused(failure, "brakePhones")
                ? t("errors.brakePhones")
                : undefined
            }
            required
            type="number"
            min={1}
            value={toFieldText(brakePhones)}
            onChange={(text) => onChange({ ...fields, brakePhones: toFieldNumber(text) })}
          />
        </div>
      )}
    </>
  );
}
