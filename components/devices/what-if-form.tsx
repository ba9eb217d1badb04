import { useTranslations } from "next-intl";
import { useId } from "react";
import type { ReactNode } from "react";
import { Button } from "#components/ui/button";
import { Input } from "#components/ui/input";
import { Label } from "#components/ui/field";
import { QueryForm } from "#components/ui/query-form";
import { Select } from "#components/ui/select";
import { formatMacAddress, normaliseMacAddress } from "#foundation/core/mac-address";
import type { ApprovableRule } from "#phones/check/what-if";
import type { WhatIfInput } from "#phones/check/what-if-input";
import { SIDES } from "#fleet/devices/model";

type WhatIfFormProps = {
  /** The URL of the page. Its query is the only place that holds the question. */
  readonly action: string;
  readonly question: WhatIfInput;
  readonly approvable: readonly ApprovableRule[];
  readonly pools: readonly string[];
};

/** Asks about any phone, inside or outside, today or after an approval. Works without JavaScript. */
export function WhatIfForm({ action, question, approvable, pools }: WhatIfFormProps) {
  const t = useTranslations("devices.whatIf");
  const { hardware, installed, macAddress, serialNumber } = question;
  const [module] = installed;
  return (
    <QueryForm action={action} scroll={false} className="grid gap-3 sm:grid-cols-2 xl:grid-cols-4">
      <input type="hidden" name="tab" value="whatIf" />
      <TextField name="deviceType" label={t("deviceType")} value={hardware.deviceType} />
      <TextField name="brand" label={t("brand")} value={hardware.brand} />
      <TextField name="model" label={t("model")} value={hardware.model} />
      <TextField name="revision" label={t("revision")} value={hardware.revision} />
      <TextField name="locale" label={t("locale")} value={hardware.locale} />
      <TextField name="updateType" label={t("updateType")} value={module?.updateType ?? ""} />
      <TextField name="version" label={t("version")} value={module?.version ?? ""} />
      <ChoiceField name="side" label={t("side")} value={question.side}>
        {SIDES.map((side) => (
          <option key={side} value={side}>
            {t(`sides.${side}`)}
          </option>
        ))}
      </ChoiceField>
      <TextField name="mac" isWide label={t("macAddress")} value={readable(macAddress)} />
      <TextField name="serial" isWide label={t("serialNumber")} value={serialNumber} />
      <ChoiceField name="pool" label={t("pool")} value={question.pool} isWide>
        <option value="">{t("defaultPool")}</option>
        {pools.map((fqdn) => (
          <option key={fqdn} value={fqdn}>
            {fqdn}
          </option>
        ))}
      </ChoiceField>
      <ChoiceField
        name="approve"
        label={t("approve")}
        value={question.approve?.ruleId ?? ""}
        isWide
      >
        <option value="">{t("approveNothing")}</option>
        {approvable.map(({ ruleId, updateType, version }) => (
          <option key={ruleId} value={ruleId}>
            {t("approveVersion", { updateType, version })}
          </option>
        ))}
      </ChoiceField>
      <div className="col-span-full">
        <Button type="submit" variant="primary">
          {t("ask")}
        </Button>
      </div>
    </QueryForm>
  );
}

/** Formats a MAC address as elsewhere on the page. Other text stays unchanged. */
function readable(text: string): string {
  const macAddress = normaliseMacAddress(text);
  return macAddress === null ? text : formatMacAddress(macAddress);
}

type FieldProps = {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  /** The values of this field are long. */
  readonly isWide?: boolean;
};

const FIELD_STYLE = "min-w-0 space-y-1.5";
const WIDE_FIELD_STYLE = `${FIELD_STYLE} sm:col-span-2`;

function TextField({ name, label, value, isWide = false }: FieldProps) {
  const id = useId();
  return (
    <div className={isWide ? WIDE_FIELD_STYLE : FIELD_STYLE}>
      <Label htmlFor={id}>{label}</Label>
      {/* The key makes the input show the value of a new answer; otherwise the browser keeps the old one. */}
      <Input key={value} id={id} name={name} defaultValue={value} maxLength={128} />
    </div>
  );
}

function ChoiceField({
  name,
  label,
  value,
  isWide = false,
  children,
}: FieldProps & { readonly children: ReactNode }) {
  const id = useId();
  return (
    <div className={isWide ? WIDE_FIELD_STYLE : FIELD_STYLE}>
      <Label htmlFor={id}>{label}</Label>
      <Select key={value} id={id} name={name} defaultValue={value}>
        {children}
      </Select>
    </div>
  );
}
