"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "#components/ui/toast";
import { ConfirmedButton } from "#components/forms/confirm-action";
import { Button } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import type { ActionResult } from "#access/auth/action-result";
import type { ClearedLogs } from "#phones/device-logs/model";
import { CLEARABLE_DAYS } from "#phones/device-logs/model";
import type { ClearLogsInput } from "#phones/device-logs/schema";

type ClearLogsProps = {
  readonly clearLogs: (input: ClearLogsInput) => Promise<ActionResult<ClearedLogs>>;
};

/** Deletes logs at once, without waiting for the scheduled clean-up. */
export function ClearLogs({ clearLogs }: ClearLogsProps) {
  const t = useTranslations("logs.clear");
  const [daysBack, setDaysBack] = useState(10);
  const input = { daysBack };
  return (
    <ConfirmedButton
      trigger={(ask) => (
        <Button variant="dangerGhost" onClick={ask}>
          <Icon name="trash-2" />
          {t("action")}
        </Button>
      )}
      title={t("title")}
      description={t("description")}
      confirmLabel={t("confirm")}
      isDangerous
      isBlocked={!isClearable(daysBack)}
      action={clearLogs}
      input={input}
      onDone={(cleared) => toast.success(t("done", cleared))}
    >
      <Field label={t("daysBack")} hint={t("daysHint")}>
        {(control) => (
          <Input
            {...control}
            {...CLEARABLE_DAYS}
            type="number"
            required
            value={Number.isNaN(daysBack) ? "" : daysBack}
            onChange={({ target }) => setDaysBack(target.valueAsNumber)}
          />
        )}
      </Field>
    </ConfirmedButton>
  );
}

function isClearable(days: number): boolean {
  return Number.isInteger(days) && days >= CLEARABLE_DAYS.min && days <= CLEARABLE_DAYS.max;
}
