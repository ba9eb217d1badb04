"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "#components/ui/toast";
import { Button } from "#components/ui/button";
import { FormDialog } from "#components/ui/form-dialog";
import { TextAreaField, TextField } from "#components/ui/text-field";
import { useActionForm } from "#components/forms/use-action-form";
import { isRefused, useFailureMessage } from "#components/ui/use-failure-text";
import type { ActionResult } from "#access/auth/action-result";
import type { SetReadinessInput, StoredReadinessSettings } from "#programs/readiness/settings";

export type SaveReadinessSettings = (input: SetReadinessInput) => Promise<ActionResult<void>>;

type ReadinessSettingsProps = {
  readonly settings: StoredReadinessSettings;
  readonly save: SaveReadinessSettings;
};

export function ReadinessSettingsButton(props: ReadinessSettingsProps) {
  const t = useTranslations("readiness.settings");
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>{t("edit")}</Button>
      {isOpen && <SettingsDialog {...props} onClose={() => setIsOpen(false)} />}
    </>
  );
}

function SettingsDialog({
  settings,
  save,
  onClose,
}: ReadinessSettingsProps & { readonly onClose: () => void }) {
  const t = useTranslations("readiness.settings");
  const failureMessage = useFailureMessage();
  const { isBusy, failure, submit } = useActionForm(save);
  const [dhcpDomains, setDhcpDomains] = useState(settings.dhcpDomains.join("\n"));
  const [dnsServer, setDnsServer] = useState(settings.dnsServer);
  const [trustedAuthorities, setAuthorities] = useState(settings.trustedAuthorities);
  const hasRefusedDomain = failure?.fields?.some(({ path }) => path.startsWith("dhcpDomains"));
  return (
    <FormDialog
      title={t("title")}
      submitLabel={t("submit")}
      isBusy={isBusy}
      error={failure && failureMessage(failure)}
      onClose={onClose}
      onSubmit={() =>
        submit(
          {
            dhcpDomains: dhcpDomains.split(/[\s,;]+/).filter((name) => name !== ""),
            dnsServer,
            trustedAuthorities,
            seenAt: settings.updatedAt?.toISOString() ?? null,
          },
          () => {
            toast.success(t("saved"));
            onClose();
          },
        )
      }
    >
      <TextAreaField
        label={t("dhcpDomains")}
        hint={t("dhcpDomainsHint")}
        error={hasRefusedDomain === true ? t("errors.dhcpDomains") : undefined}
        rows={2}
        spellCheck={false}
        value={dhcpDomains}
        onChange={setDhcpDomains}
      />
      <TextField
        label={t("dnsServer")}
        hint={t("dnsServerHint")}
        error={isRefused(failure, "dnsServer") ? t("errors.dnsServer") : undefined}
        spellCheck={false}
        placeholder="10.0.0.53"
        value={dnsServer}
        onChange={setDnsServer}
      />
      <TextAreaField
        label={t("authorities")}
        hint={t("authoritiesHint")}
        error={isRefused(failure, "trustedAuthorities") ? t("errors.authorities") : undefined}
        rows={4}
        spellCheck={false}
        placeholder="-----BEGIN CERTIFICATE-----"
        value={trustedAuthorities}
        onChange={setAuthorities}
      />
    </FormDialog>
  );
}
