"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "#components/ui/toast";
import type { SetCaptureAction } from "#components/captures/capture-settings-dialog";
import { useActionForm } from "#components/forms/use-action-form";
import { Button } from "#components/ui/button";
import { loadLater } from "#components/ui/load-later";
import { useFailureMessage } from "#components/ui/use-failure-text";
import type { CaptureSettings } from "#phones/captures/model";

const CaptureSettingsDialog = loadLater(() =>
  import("#components/captures/capture-settings-dialog").then(
    (module) => module.CaptureSettingsDialog,
  ),
);

type CaptureSwitchProps = {
  readonly settings: CaptureSettings;
  readonly seenAt: string | null;
  readonly setCapture: SetCaptureAction;
};

/** Switches capturing on after a dialog with its settings, and off without a question. */
export function CaptureSwitch({ settings, seenAt, setCapture }: CaptureSwitchProps) {
  const t = useTranslations("captures.settings");
  const [isOpen, setIsOpen] = useState(false);
  const isOff = settings.mode === "off";
  return (
    <>
      {isOff ? (
        <Button variant="primary" onClick={() => setIsOpen(true)}>
          <Icon name="circle-play" />
          {t("start")}
        </Button>
      ) : (
        <>
          <Button onClick={() => setIsOpen(true)}>
            <Icon name="settings-2" />
            {t("title")}
          </Button>
          <StopCapture settings={settings} seenAt={seenAt} setCapture={setCapture} />
        </>
      )}
      {isOpen && (
        <CaptureSettingsDialog
          settings={isOff ? { ...settings, mode: "failing" } : settings}
          seenAt={seenAt}
          submitLabel={isOff ? t("start") : t("save")}
          setCapture={setCapture}
          onClose={() => setIsOpen(false)}
        />
      )}
    </>
  );
}

function StopCapture({ settings, seenAt, setCapture }: CaptureSwitchProps) {
  const t = useTranslations("captures.settings");
  const failureMessage = useFailureMessage();
  const { isBusy, failure, submit } = useActionForm(setCapture);
  return (
    <>
      <Button
        variant="primary"
        isBusy={isBusy}
        onClick={() =>
          submit({ settings: { ...settings, mode: "off" }, seenAt }, () =>
            toast.success(t("stopped")),
          )
        }
      >
        <Icon name="circle-stop" />
        {t("stop")}
      </Button>
      {failure !== null && (
        <p role="alert" className="w-full text-xs text-bad-ink">
          {failureMessage(failure, { conflict: t("conflict") })}
        </p>
      )}
    </>
  );
}
