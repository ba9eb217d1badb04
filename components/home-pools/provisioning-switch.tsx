"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "#components/ui/toast";
import { Button } from "#components/ui/button";
import { FailureCallout } from "#components/ui/failure-callout";
import { Card } from "#components/ui/card";
import { CheckboxField } from "#components/ui/checkbox";
import { useUnsavedInput } from "#components/ui/use-unsaved-input";
import { useActionForm } from "#components/forms/use-action-form";
import type { ActionResult } from "#access/auth/action-result";
import type { StoredProvisioningSwitch } from "#phones/home-pools/model";
import type { SetProvisioningInput } from "#phones/home-pools/schema";

type ProvisioningSwitchCardProps = {
  readonly provisioning: StoredProvisioningSwitch;
  readonly pools: readonly { readonly id: string; readonly fqdn: string }[];
  /** Null if the user has only read access. */
  readonly save: ((input: SetProvisioningInput) => Promise<ActionResult<void>>) | null;
};

/** Whether signed-in phones are told to fetch updates: the global setting, and that of each pool. */
export function ProvisioningSwitchCard({ provisioning, pools, save }: ProvisioningSwitchCardProps) {
  const t = useTranslations("homes.switch");
  const [isEnabled, setIsEnabled] = useState(provisioning.isEnabled);
  const [disabledPoolIds, setDisabled] = useState(provisioning.disabledPoolIds);
  const { isBusy, failure, submit } = useActionForm(save ?? neverAsked);
  const unsaved = useUnsavedInput();
  const seenAt = provisioning.updatedAt?.toISOString() ?? null;
  return (
    <Card title={t("title")} description={t("hint")}>
      <form
        className="space-y-3"
        onInput={unsaved.note}
        onSubmit={(event) => {
          event.preventDefault();
          submit({ seenAt, isEnabled, disabledPoolIds: [...disabledPoolIds] }, () => {
            unsaved.forget();
            toast.success(t("saved"));
          });
        }}
      >
        <FailureCallout failure={failure} />
        <CheckboxField
          label={t("label")}
          checked={isEnabled}
          disabled={save === null}
          onChange={(event) => setIsEnabled(event.target.checked)}
        />
        {pools.map(({ id, fqdn }) => (
          <div key={id} className="ps-6">
            <CheckboxField
              label={t("pool", { pool: fqdn })}
              checked={isEnabled && !disabledPoolIds.includes(id)}
              disabled={save === null || !isEnabled}
              onChange={(event) =>
                setDisabled(
                  event.target.checked
                    ? disabledPoolIds.filter((disabled) => disabled !== id)
                    : [...disabledPoolIds, id],
                )
              }
            />
          </div>
        ))}
        {save !== null && (
          <Button type="submit" isBusy={isBusy}>
            {t("submit")}
          </Button>
        )}
      </form>
      {unsaved.question}
    </Card>
  );
}

/** A placeholder for users who cannot save. */
function neverAsked(): Promise<ActionResult<void>> {
  return Promise.resolve({
    ok: false,
    code: "forbidden",
    fields: [],
    reason: null,
    requestId: "",
  });
}
