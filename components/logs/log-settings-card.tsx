"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { LogSettingsDialog } from "#components/logs/log-settings-dialog";
import { Button } from "#components/ui/button";
import { Bytes } from "#components/ui/bytes";
import { Callout } from "#components/ui/callout";
import { Card } from "#components/ui/card";
import { Code } from "#components/ui/code";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { DefinitionList } from "#components/ui/definition-list";
import { Instant } from "#components/ui/instant";
import { useActionForm } from "#components/forms/use-action-form";
import { useFailureText } from "#components/ui/use-failure-text";
import type { ActionResult } from "#lib/auth/action-result";
import type { StoredLogSettings } from "#lib/logs/model";
import { logSettingsIdentity, SERVER_CLEAN_UP_TIME } from "#lib/logs/model";
import type { ChangeLogSettingsInput, RemoveLogSettingsInput } from "#lib/logs/schema";

export type LogSettingsActions = {
  readonly change: (input: ChangeLogSettingsInput) => Promise<ActionResult<void>>;
  readonly remove: (input: RemoveLogSettingsInput) => Promise<ActionResult<void>>;
};

type LogSettingsCardProps = {
  readonly stored: StoredLogSettings;
  readonly nextCleanUpAt: Date;
  /** Null where the reader may only look. */
  readonly actions: LogSettingsActions | null;
};

/** The settings of everybody, or of a site. */
export function LogSettingsCard({ stored, nextCleanUpAt, actions }: LogSettingsCardProps) {
  const t = useTranslations("logs.settings");
  const { settings } = stored;
  const time = settings.cleanUpTimeOfDay;
  return (
    <Card
      title={stored.siteName === null ? t("global") : t("ofSite", { site: stored.siteName })}
      actions={actions && <SettingsButtons stored={stored} actions={actions} />}
    >
      <DefinitionList
        items={[
          { term: t("identity"), value: <Code>{logSettingsIdentity(stored)}</Code> },
          { term: t("fields.validTypes"), value: settings.validTypes.join(", ") },
          { term: t("fields.validExtensions"), value: settings.validExtensions.join(" ") },
          { term: t("names.maxFileSize"), value: <Bytes sizeBytes={settings.maxFileSizeBytes} /> },
          { term: t("names.maxCache"), value: <Bytes sizeBytes={settings.maxCacheBytes} /> },
          {
            term: t("names.flushInterval"),
            value: t("minutes", { count: settings.flushIntervalSeconds / 60 }),
          },
          {
            term: t("names.cleanUpInterval"),
            value: t("days", { count: settings.cleanUpIntervalDays }),
          },
          {
            term: t("fields.cleanUpTimeOfDay"),
            value: time ?? t("chosenByServer", { time: SERVER_CLEAN_UP_TIME }),
          },
          { term: t("nextCleanUp"), value: <Instant date={nextCleanUpAt} format="full" /> },
        ]}
      />
    </Card>
  );
}

type SettingsButtonsProps = {
  readonly stored: StoredLogSettings;
  readonly actions: LogSettingsActions;
};

function SettingsButtons({ stored, actions }: SettingsButtonsProps) {
  const t = useTranslations("logs.settings");
  const failureText = useFailureText();
  const [open, setOpen] = useState<"edit" | "remove" | null>(null);
  const change = useActionForm(actions.change);
  const remove = useActionForm(actions.remove);
  const { siteName } = stored;
  const close = (): void => setOpen(null);
  return (
    <>
      <Button onClick={() => setOpen("edit")}>{t("edit")}</Button>
      {stored.changed !== null && (
        <Button variant="dangerGhost" onClick={() => setOpen("remove")}>
          {siteName === null ? t("reset") : t("remove")}
        </Button>
      )}
      {open === "edit" && (
        <LogSettingsDialog
          title={siteName === null ? t("global") : t("ofSite", { site: siteName })}
          initial={stored.settings}
          siteNames={null}
          isBusy={change.isBusy}
          failure={change.failure}
          onClose={close}
          onSubmit={(settings) =>
            change.submit({ siteName, settings }, () => {
              toast.success(t("saved"));
              close();
            })
          }
        />
      )}
      <ConfirmDialog
        isOpen={open === "remove"}
        onOpenChange={(isOpen) => setOpen(isOpen ? "remove" : null)}
        title={siteName === null ? t("resetTitle") : t("removeTitle", { site: siteName })}
        description={siteName === null ? t("resetDescription") : t("removeDescription")}
        confirmLabel={siteName === null ? t("reset") : t("remove")}
        isDangerous
        isBusy={remove.isBusy}
        onConfirm={() =>
          remove.submit({ siteName }, () => {
            toast.success(t("saved"));
            close();
          })
        }
      >
        {remove.failure !== null && (
          <Callout tone="bad" role="alert">
            {failureText(remove.failure)}
          </Callout>
        )}
      </ConfirmDialog>
    </>
  );
}
