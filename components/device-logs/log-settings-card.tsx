"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "#components/ui/toast";
import { LogSettingsDialog } from "#components/device-logs/log-settings-dialog";
import { Button } from "#components/ui/button";
import { Bytes } from "#components/ui/bytes";
import { Card } from "#components/ui/card";
import { Code } from "#components/ui/code";
import { DefinitionList } from "#components/ui/definition-list";
import { Instant } from "#components/ui/instant";
import { changedFields } from "#components/forms/changed-fields";
import { ConfirmedButton } from "#components/forms/confirm-action";
import { useActionForm } from "#components/forms/use-action-form";
import type { ActionResult } from "#access/auth/action-result";
import { useJoined } from "#components/ui/use-joined";
import type { LogSettings, StoredLogSettings } from "#phones/device-logs/model";
import { logSettingsIdentity, SERVER_CLEAN_UP_TIME } from "#phones/device-logs/model";
import type { ChangeLogSettingsInput, RemoveLogSettingsInput } from "#phones/device-logs/schema";

export type LogSettingsActions = {
  readonly change: (input: ChangeLogSettingsInput) => Promise<ActionResult<void>>;
  readonly remove: (input: RemoveLogSettingsInput) => Promise<ActionResult<void>>;
};

type LogSettingsCardProps = {
  readonly stored: StoredLogSettings;
  readonly nextCleanUpAt: Date;
  /** Null if the user has only read access. */
  readonly actions: LogSettingsActions | null;
};

/** The global log settings, or those of a site. */
export function LogSettingsCard({ stored, nextCleanUpAt, actions }: LogSettingsCardProps) {
  const t = useTranslations("logs.settings");
  const joined = useJoined();
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
          { term: t("fields.validTypes"), value: joined(settings.validTypes) },
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
  /** The settings as they were when the dialog opened; null while it is closed. */
  const [shown, setShown] = useState<LogSettings | null>(null);
  const { isBusy, failure, submit } = useActionForm(actions.change);
  const { siteName } = stored;
  const isGlobal = siteName === null;
  return (
    <>
      <Button onClick={() => setShown(stored.settings)}>{t("edit")}</Button>
      {stored.changed !== null && (
        <ConfirmedButton
          trigger={(ask) => (
            <Button variant="dangerGhost" onClick={ask}>
              {isGlobal ? t("reset") : t("remove")}
            </Button>
          )}
          title={isGlobal ? t("resetTitle") : t("removeTitle", { site: siteName })}
          description={isGlobal ? t("resetDescription") : t("removeDescription")}
          confirmLabel={isGlobal ? t("reset") : t("remove")}
          isDangerous
          action={actions.remove}
          input={{ siteName }}
          onDone={() => toast.success(t("saved"))}
        />
      )}
      {shown !== null && (
        <LogSettingsDialog
          title={isGlobal ? t("global") : t("ofSite", { site: siteName })}
          initial={shown}
          siteNames={null}
          isBusy={isBusy}
          failure={failure}
          onClose={() => setShown(null)}
          onSubmit={(settings) =>
            submit({ siteName, settings: changedFields(shown, settings) }, () => {
              toast.success(t("saved"));
              setShown(null);
            })
          }
        />
      )}
    </>
  );
}
