"use client";

import { useTranslations } from "next-intl";
import { Combobox } from "#components/ui/combobox";
import { Field } from "#components/ui/field";
import { RadioGroup } from "#components/ui/radio";
import type { Pool } from "#fleet/pools/model";

export type PickedPools = { readonly isAll: boolean; readonly fqdns: readonly string[] };

type PoolPickerProps = {
  readonly pools: readonly Pick<Pool, "fqdn" | "siteName">[];
  readonly picked: PickedPools;
  readonly onChange: (picked: PickedPools) => void;
};

/** Chooses one pool, several, or all. "All" means the pools that exist when the import starts. */
export function PoolPicker({ pools, picked, onChange }: PoolPickerProps) {
  const t = useTranslations("imports.dialog");
  return (
    <div className="space-y-3">
      <RadioGroup
        legend={t("pools")}
        value={picked.isAll ? "all" : "some"}
        options={[
          { value: "some", label: t("selectedPools") },
          { value: "all", label: t("allPools"), hint: t("allPoolsHint", { count: pools.length }) },
        ]}
        onChange={(value) => onChange({ ...picked, isAll: value === "all" })}
      />
      {!picked.isAll && (
        <Field label={t("selectedPools")}>
          {(control) => (
            <Combobox
              {...control}
              label={t("selectedPools")}
              placeholder={t("choosePools")}
              options={pools.map(({ fqdn, siteName }) => ({
                value: fqdn,
                label: fqdn,
                hint: siteName,
              }))}
              selected={picked.fqdns}
              onChange={(fqdns) => onChange({ ...picked, fqdns })}
            />
          )}
        </Field>
      )}
    </div>
  );
}
