"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "#components/ui/toast";
import { LogSettingsDialog } from "#components/device-logs/log-settings-dialog";
import { Button } from "#components/ui/button";
import { useActionForm } from "#components/forms/use-action-form";
import type { ActionResult } from "#access/auth/action-result";
import type { LogSettings } from "#phones/device-logs/model";
import type { CreateLogSettingsInput } from "#phones/device-logs/schema";

type NewLogSettingsProps = {
  /** The settings that apply to the site now. */
  readonly initial: LogSettings;
  /** Sites without settings of their own. */
  readonly siteNames: readonly string[];
  readonly create: (input: CreateLogSettingsInput) => Promise<ActionResult<void>>;
};

export function NewLogSettings({ initial, siteNames, create }: NewLogSettingsProps) {
  const t = useTranslations("logs.settings");
  const [isOpen, setIsOpen] = useState(false);
  const { isBusy, failure, submit } = useActionForm(create);
  return (
    <>
      <Button variant="primary" onClick={() => setIsOpen(true)}>
        <Icon name="plus" />
        {t("new")}
      </Button>
      {isOpen && (
        <LogSettingsDialog
          title={t("new")}
          initial={initial}
          siteNames={siteNames}
          isBusy={isBusy}
          failure={failure}
          onClose={() => setIsOpen(false)}
          onSubmit={(settings, siteName) =>
            submit({ siteName: siteName ?? "", settings }, () => {
              toast.success(t("saved"));
              setIsOpen(false);
            })
          }
        />
      )}
    </>
  );
}
