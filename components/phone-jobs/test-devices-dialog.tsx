"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "#components/ui/toast";
import { useActionForm } from "#components/forms/use-action-form";
import type { MakeTestDevices } from "#components/phone-jobs/job-actions";
import { Callout } from "#components/ui/callout";
import { FormDialog } from "#components/ui/form-dialog";
import { RadioGroup } from "#components/ui/radio";
import { useFailureMessage } from "#components/ui/use-failure-text";
import type { RefusedTestDevice } from "#fleet/test-devices/model";
import { formatIdentifier } from "#fleet/test-devices/read-identifiers";
import { MAX_TEST_DEVICES_PER_ACTION } from "#phones/phone-jobs/model";
import type { MakeTestDevicesInput } from "#phones/phone-jobs/schema";

type TestDevicesDialogProps = {
  readonly target: MakeTestDevicesInput["target"];
  readonly count: number;
  readonly makeTestDevices: MakeTestDevices;
  readonly onDone: () => void;
  readonly onClose: () => void;
};

/** Makes the selected phones test devices, at their own site or at every site. */
export function TestDevicesDialog({
  target,
  count,
  makeTestDevices,
  onDone,
  onClose,
}: TestDevicesDialogProps) {
  const t = useTranslations("retirement.actions.testDevices");
  const failureMessage = useFailureMessage();
  const { isBusy, failure, submit } = useActionForm(makeTestDevices);
  const [scope, setScope] = useState<MakeTestDevicesInput["scope"]>("site");
  const [refused, setRefused] = useState<readonly RefusedTestDevice[]>([]);
  const isTooMany = count > MAX_TEST_DEVICES_PER_ACTION;
  return (
    <FormDialog
      title={t("title", { count })}
      description={t("description")}
      submitLabel={t("submit")}
      isBusy={isBusy}
      isBlocked={isTooMany || refused.length > 0}
      error={failure && failureMessage(failure)}
      onClose={onClose}
      onSubmit={() =>
        submit({ target, scope }, (report) => {
          toast.success(t("done", { count: report.created }));
          if (report.skipped > 0) {
            toast.warning(t("skipped", { count: report.skipped }));
          }
          onDone();
          if (report.refused.length === 0) {
            onClose();
          }
          setRefused(report.refused);
        })
      }
    >
      {isTooMany && (
        <Callout tone="warn">{t("tooMany", { count, most: MAX_TEST_DEVICES_PER_ACTION })}</Callout>
      )}
      {refused.length > 0 && (
        <Callout tone="warn" role="status" title={t("refused", { count: refused.length })}>
          <ul>
            {refused.map((phone) => (
              <li key={phone.identifier}>
                {formatIdentifier(phone)}: {failureMessage(phone)}
              </li>
            ))}
          </ul>
        </Callout>
      )}
      <RadioGroup
        legend={t("scope")}
        value={scope}
        options={(["site", "everywhere"] as const).map((value) => ({
          value,
          label: t(`scopes.${value}`),
          hint: t(`hints.${value}`),
        }))}
        onChange={setScope}
      />
    </FormDialog>
  );
}
