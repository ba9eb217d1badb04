"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useActionForm } from "#components/forms/use-action-form";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { FailureCallout } from "#components/ui/failure-callout";
import { TextField } from "#components/ui/text-field";
import type { ActionResult } from "#access/auth/action-result";
import type { Attempt } from "#access/notifications/model";
import type { TestMailInput } from "#access/notifications/schema";

export type TestMailAction = (input: TestMailInput) => Promise<ActionResult<Attempt>>;

/** Sends a message with the saved settings, and shows what the server said. */
export function TestMail({ sendTestMail }: { readonly sendTestMail: TestMailAction }) {
  const t = useTranslations("notifications");
  const { isBusy, failure, submit } = useActionForm(sendTestMail);
  const [to, setTo] = useState("");
  const [attempt, setAttempt] = useState<Attempt | null>(null);
  return (
    <form
      className="mt-6 max-w-2xl space-y-3 border-t border-line pt-4"
      onSubmit={(event) => {
        event.preventDefault();
        setAttempt(null);
        submit({ to }, setAttempt);
      }}
    >
      <TextField
        label={t("mail.testTo")}
        type="email"
        required
        autoComplete="email"
        value={to}
        onChange={setTo}
      />
      <Button type="submit" isBusy={isBusy}>
        {t("mail.test")}
      </Button>
      <FailureCallout failure={failure} />
      {attempt?.outcome === "delivered" && (
        <Callout tone="good" role="status">
          {t("mail.testDelivered")}
        </Callout>
      )}
      {attempt?.outcome === "failed" && (
        <Callout tone="bad" role="alert" title={t(`problems.${attempt.problem}`)}>
          {attempt.detail}
        </Callout>
      )}
    </form>
  );
}
