"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "#components/ui/toast";
import { useActionForm } from "#components/forms/use-action-form";
import { Button } from "#components/ui/button";
import { FailureCallout } from "#components/ui/failure-callout";
import { Card } from "#components/ui/card";
import { Select } from "#components/ui/select";
import { SelectField, TextField } from "#components/ui/text-field";
import { isRefused } from "#components/ui/use-failure-text";
import { useUnsavedInput } from "#components/ui/use-unsaved-input";
import type { ActionResult } from "#access/auth/action-result";
import type { Frequencies, NotificationChoice } from "#access/notifications/model";
import { FREQUENCIES } from "#access/notifications/model";
import type { ChangeOwnNotificationsInput } from "#access/notifications/schema";
import { LOCALES, LOCALE_NAMES } from "#foundation/i18n/locales";
import type { NoticeKind } from "#foundation/notices/model";

type OwnNotificationsProps = {
  readonly choice: NotificationChoice;
  /** The kinds that the person may be told of. */
  readonly kinds: readonly NoticeKind[];
  readonly changeOwnNotifications: (
    input: ChangeOwnNotificationsInput,
  ) => Promise<ActionResult<void>>;
};

/** What a person is told by e-mail, how often and in which language. */
export function OwnNotifications({ choice, kinds, changeOwnNotifications }: OwnNotificationsProps) {
  const t = useTranslations("notifications.own");
  const ownLocale = useLocale();
  const { isBusy, failure, submit } = useActionForm(changeOwnNotifications);
  const [email, setEmail] = useState(choice.email ?? "");
  const [locale, setLocale] = useState(choice.email === null ? ownLocale : choice.locale);
  const [frequencies, setFrequencies] = useState<Frequencies>(choice.frequencies);
  const unsaved = useUnsavedInput();

  function save(): void {
    const address = email.trim();
    // Times in messages and the hour of the daily one are those of this browser.
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    const input = { email: address === "" ? null : address, locale, timeZone, frequencies };
    submit(input, () => {
      unsaved.forget();
      toast.success(t("saved"));
    });
  }

  return (
    <>
      <form
        className="space-y-5"
        onInput={unsaved.note}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <FailureCallout failure={failure} />
        <Card title={t("receiver")}>
          <div className="grid max-w-2xl gap-4 sm:grid-cols-2">
            <TextField
              label={t("email")}
              hint={t("emailHint")}
              error={isRefused(failure, "email") ? t("emailError") : undefined}
              type="email"
              autoComplete="email"
              maxLength={254}
              value={email}
              onChange={setEmail}
            />
            <SelectField
              label={t("locale")}
              value={locale}
              onChange={(text) => setLocale(LOCALES.find((one) => one === text) ?? locale)}
            >
              {LOCALES.map((one) => (
                <option key={one} value={one} lang={one}>
                  {LOCALE_NAMES[one]}
                </option>
              ))}
            </SelectField>
          </div>
        </Card>
        <Card title={t("events")} description={t("eventsDescription")} isFlush>
          <ul className="divide-y divide-line">
            {kinds.map((kind) => (
              <FrequencyRow
                key={kind}
                kind={kind}
                frequency={frequencies[kind]}
                onChange={(frequency) => setFrequencies({ ...frequencies, [kind]: frequency })}
              />
            ))}
          </ul>
        </Card>
        <Button type="submit" variant="primary" isBusy={isBusy}>
          {t("save")}
        </Button>
      </form>
      {unsaved.question}
    </>
  );
}

type Frequency = Frequencies[NoticeKind];
type FrequencyRowProps = {
  readonly kind: NoticeKind;
  readonly frequency: Frequency;
  readonly onChange: (frequency: Frequency) => void;
};

function FrequencyRow({ kind, frequency, onChange }: FrequencyRowProps) {
  const t = useTranslations("notifications.own.frequencies");
  const tKinds = useTranslations("notices.kinds");
  const id = `frequency-${kind}`;
  return (
    <li className="flex items-center justify-between gap-4 px-4 py-2">
      <label htmlFor={id} className="min-w-0 text-sm">
        {tKinds(kind)}
      </label>
      <Select
        id={id}
        size="sm"
        className="w-40 shrink-0"
        value={frequency}
        onChange={({ target }) =>
          onChange(FREQUENCIES.find((one) => one === target.value) ?? frequency)
        }
      >
        {FREQUENCIES.map((one) => (
          <option key={one} value={one}>
            {t(one)}
          </option>
        ))}
      </Select>
    </li>
  );
}
