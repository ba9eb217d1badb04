"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "#components/ui/toast";
import { useActionForm } from "#components/forms/use-action-form";
import { TestMail } from "#components/notifications/test-mail";
import type { TestMailAction } from "#components/notifications/test-mail";
import { Button } from "#components/ui/button";
import { FailureCallout } from "#components/ui/failure-callout";
import { Card } from "#components/ui/card";
import { SelectField, TextField } from "#components/ui/text-field";
import { isRefused } from "#components/ui/use-failure-text";
import { useUnsavedInput } from "#components/ui/use-unsaved-input";
import type { ActionResult } from "#access/auth/action-result";
import type { MailEncryption, MailServer } from "#access/notifications/model";
import { MAIL_ENCRYPTIONS } from "#access/notifications/model";
import type { ChangeMailServerInput } from "#access/notifications/schema";

type MailServerFormProps = {
  readonly server: MailServer | null;
  readonly hasPassword: boolean;
  /** When the shown settings were saved, in ISO 8601; null if there are none. */
  readonly seenAt: string | null;
  readonly changeMailServer: (input: ChangeMailServerInput) => Promise<ActionResult<void>>;
  readonly sendTestMail: TestMailAction;
};

const DEFAULT_PORTS = { starttls: "587", tls: "465", none: "25" } as const satisfies Record<
  MailEncryption,
  string
>;

export function MailServerForm(props: MailServerFormProps) {
  const { server, hasPassword, seenAt, changeMailServer, sendTestMail } = props;
  const t = useTranslations("notifications.mail");
  const { isBusy, failure, submit } = useActionForm(changeMailServer);
  const [fields, setFields] = useState(toFields(server));
  const unsaved = useUnsavedInput();
  const set = (change: Partial<Fields>) => setFields({ ...fields, ...change });
  const error = (path: "host" | "port" | "from") =>
    isRefused(failure, `server.${path}`) ? t(`errors.${path}`) : undefined;
  const save = (next: ChangeMailServerInput) =>
    submit(next, () => {
      unsaved.forget();
      toast.success(t("saved"));
    });
  return (
    <Card title={t("title")} description={t("description")}>
      <form
        className="max-w-2xl space-y-4"
        onInput={unsaved.note}
        onSubmit={(event) => {
          event.preventDefault();
          save({ seenAt, server: toServer(fields), ...passwordOf(fields) });
        }}
      >
        <FailureCallout failure={failure} />
        <div className="grid gap-4 sm:grid-cols-3">
          <TextField
            label={t("host")}
            error={error("host")}
            required
            autoComplete="off"
            placeholder="mail.contoso.com"
            value={fields.host}
            onChange={(host) => set({ host })}
          />
          <EncryptionField
            value={fields.encryption}
            onChange={(encryption) => set({ encryption, port: DEFAULT_PORTS[encryption] })}
          />
          <TextField
            label={t("port")}
            error={error("port")}
            required
            inputMode="numeric"
            value={fields.port}
            onChange={(port) => set({ port })}
          />
        </div>
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label={t("userName")}
            hint={t("userNameHint")}
            autoComplete="off"
            value={fields.userName}
            onChange={(userName) => set({ userName })}
          />
          <TextField
            label={t("password")}
            hint={hasPassword ? t("passwordKept") : t("passwordHint")}
            type="password"
            autoComplete="new-password"
            maxLength={1024}
            value={fields.password}
            onChange={(password) => set({ password })}
          />
        </div>
        <TextField
          label={t("from")}
          error={error("from")}
          required
          type="email"
          autoComplete="off"
          placeholder="updates@contoso.com"
          value={fields.from}
          onChange={(from) => set({ from })}
        />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant="primary" isBusy={isBusy}>
            {t("save")}
          </Button>
          {server !== null && (
            <Button disabled={isBusy} onClick={() => save({ seenAt, server: null })}>
              {t("remove")}
            </Button>
          )}
        </div>
      </form>
      {unsaved.question}
      {server !== null && <TestMail sendTestMail={sendTestMail} />}
    </Card>
  );
}

type EncryptionFieldProps = {
  readonly value: MailEncryption;
  readonly onChange: (encryption: MailEncryption) => void;
};

function EncryptionField({ value, onChange }: EncryptionFieldProps) {
  const t = useTranslations("notifications.mail");
  return (
    <SelectField
      label={t("encryption")}
      value={value}
      onChange={(text) => onChange(MAIL_ENCRYPTIONS.find((one) => one === text) ?? value)}
    >
      {MAIL_ENCRYPTIONS.map((encryption) => (
        <option key={encryption} value={encryption}>
          {t(`encryptions.${encryption}`)}
        </option>
      ))}
    </SelectField>
  );
}

type Fields = {
  readonly host: string;
  readonly port: string;
  readonly encryption: MailEncryption;
  readonly userName: string;
  readonly password: string;
  readonly from: string;
};

function toFields(server: MailServer | null): Fields {
  return {
    host: server?.host ?? "",
    port: server === null ? DEFAULT_PORTS.starttls : String(server.port),
    encryption: server?.encryption ?? "starttls",
    userName: server?.userName ?? "",
    password: "",
    from: server?.from ?? "",
  };
}

function toServer({ host, port, encryption, userName, from }: Fields): MailServer {
  const user = userName.trim();
  return { host, port: Number(port), encryption, userName: user === "" ? null : user, from };
}

/** An empty field keeps the stored password. */
function passwordOf({ password }: Fields): { readonly password?: string } {
  return password === "" ? {} : { password };
}
