"use client";

import { useTranslations } from "next-intl";
import { Link } from "#components/ui/link";
import { useState } from "react";
import { toast } from "#components/ui/toast";
import { ConfirmAction, ConfirmedButton } from "#components/forms/confirm-action";
import { useActionForm } from "#components/forms/use-action-form";
import { Button } from "#components/ui/button";
import { FailureCallout } from "#components/ui/failure-callout";
import { Card } from "#components/ui/card";
import { Instant } from "#components/ui/instant";
import { TextField } from "#components/ui/text-field";
import type { ActionResult } from "#access/auth/action-result";
import { Comma } from "#components/ui/comma";
import type { RetireByAgePreview, RetireByAgeState } from "#fleet/devices/retire-by-age";
import type { SetRetireByAgeInput } from "#fleet/devices/retire-by-age-schema";
import { MAX_SILENT_DAYS } from "#fleet/devices/retire-by-age";

type SetRetireByAge = (input: SetRetireByAgeInput) => Promise<ActionResult<void>>;
type PreviewRetireByAge = (input: {
  readonly days: number;
}) => Promise<ActionResult<RetireByAgePreview>>;

type RetireByAgeCardProps = {
  readonly state: RetireByAgeState;
  /** Null if the person may not change settings. */
  readonly actions: { readonly set: SetRetireByAge; readonly preview: PreviewRetireByAge } | null;
};

const DEFAULT_DAYS = 90;

/** Whether the service retires silent phones by itself. It is switched on only after its preview was seen. */
export function RetireByAgeCard({ state, actions }: RetireByAgeCardProps) {
  const t = useTranslations("retirement.byAge");
  const { days, changed } = state;
  const seenAt = changed?.at.toISOString() ?? null;
  return (
    <Card
      title={t("title")}
      {...(actions === null || days === null
        ? {}
        : { actions: <SwitchOff seenAt={seenAt} set={actions.set} /> })}
    >
      <div className="space-y-3 text-[0.8125rem]">
        <p className="text-ink-muted">{t("description")}</p>
        <p className="font-medium">{days === null ? t("off") : t("on", { days })}</p>
        {changed !== null && (
          <p className="text-ink-muted">
            {t("setBy", { name: changed.by })}
            <Comma />
            <Instant date={changed.at} format="full" />
          </p>
        )}
        {actions !== null && <AgeForm days={days} seenAt={seenAt} actions={actions} />}
      </div>
    </Card>
  );
}

type SwitchOffProps = { readonly seenAt: string | null; readonly set: SetRetireByAge };

function SwitchOff({ seenAt, set }: SwitchOffProps) {
  const t = useTranslations("retirement.byAge");
  return (
    <ConfirmedButton
      trigger={(ask) => <Button onClick={ask}>{t("switchOff")}</Button>}
      title={t("switchOffTitle")}
      description={t("switchOffDescription")}
      confirmLabel={t("switchOff")}
      action={set}
      input={{ days: null, seenAt }}
      failures={{ conflict: t("conflict") }}
      onDone={() => toast.success(t("saved"))}
    />
  );
}

type AgeFormProps = {
  readonly days: number | null;
  readonly seenAt: string | null;
  readonly actions: NonNullable<RetireByAgeCardProps["actions"]>;
};

type Previewed = { readonly days: number; readonly preview: RetireByAgePreview };

function AgeForm({ days: current, seenAt, actions }: AgeFormProps) {
  const t = useTranslations("retirement.byAge");
  const [text, setText] = useState(String(current ?? DEFAULT_DAYS));
  const [previewed, setPreviewed] = useState<Previewed | null>(null);
  const { isBusy, failure, submit } = useActionForm(actions.preview);
  const days = Number(text);
  const isValid = Number.isInteger(days) && days >= 1 && days <= MAX_SILENT_DAYS;
  return (
    <form
      className="flex flex-wrap items-end gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        submit({ days }, (preview) => setPreviewed({ days, preview }));
      }}
    >
      <TextField
        label={t("days")}
        aside={t("daysHint", { most: MAX_SILENT_DAYS })}
        type="number"
        required
        min={1}
        max={MAX_SILENT_DAYS}
        value={text}
        onChange={setText}
      />
      <Button type="submit" isBusy={isBusy} disabled={!isValid}>
        {t("preview")}
      </Button>
      <FailureCallout failure={failure} />
      {previewed !== null && (
        <ConfirmAction
          title={t("wouldTake", {
            phones: previewed.preview.phones,
            total: previewed.preview.total,
          })}
          description={t("confirmDescription", { days: previewed.days })}
          confirmLabel={t("confirm")}
          action={actions.set}
          input={{ days: previewed.days, seenAt }}
          failures={{ conflict: t("conflict") }}
          onDone={() => toast.success(t("saved"))}
          onClose={() => setPreviewed(null)}
        >
          <Examples examples={previewed.preview.examples} />
        </ConfirmAction>
      )}
    </form>
  );
}

function Examples({ examples }: Pick<RetireByAgePreview, "examples">) {
  const t = useTranslations("retirement.byAge");
  return examples.length === 0 ? null : (
    <div className="space-y-1 text-[0.8125rem]">
      <p>{t("examples")}</p>
      <ul className="space-y-1">
        {examples.map(({ id, name, lastSeenAt }) => (
          <li key={id} className="flex flex-wrap justify-between gap-x-3">
            <Link href={`/devices/${id}`} className="text-link">
              {name}
            </Link>
            <Instant date={lastSeenAt} />
          </li>
        ))}
      </ul>
    </div>
  );
}
