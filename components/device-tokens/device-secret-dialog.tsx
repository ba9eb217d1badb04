"use client";

import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Code } from "#components/ui/code";
import { CopyButton } from "#components/ui/copy-button";
import { Dialog } from "#components/ui/dialog";

type DeviceSecretDialogProps = { readonly secret: string; readonly onClose: () => void };

export function DeviceSecretDialog({ secret, onClose }: DeviceSecretDialogProps) {
  const t = useTranslations("deviceTokens.created");
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={t("title")}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t("done")}
        </Button>
      }
    >
      <div className="space-y-4">
        <Callout tone="warn">{t("text")}</Callout>
        <p className="flex items-start justify-between gap-2 rounded-md border border-line bg-sunken px-3 py-2">
          <Code isBreaking>{secret}</Code>
          <span className="-my-1 shrink-0">
            <CopyButton text={secret} what={t("what")} />
          </span>
        </p>
        <p className="text-sm text-ink-muted">{t("usage")}</p>
      </div>
    </Dialog>
  );
}
