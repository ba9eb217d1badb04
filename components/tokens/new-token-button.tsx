"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ReactNode } from "react";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Code } from "#components/ui/code";
import { CopyButton } from "#components/ui/copy-button";
import { Dialog } from "#components/ui/dialog";

/** The props of the form for a new token. */
export type TokenFormProps = {
  readonly onCreated: (made: { readonly secret: string }) => void;
  readonly onClose: () => void;
};

type NewTokenButtonProps = {
  readonly label: string;
  readonly isPrimary?: boolean;
  /** The heading above the secret. */
  readonly secretTitle: string;
  /** How to use the secret; absent if the page already says it. */
  readonly usage?: string;
  readonly form: (props: TokenFormProps) => ReactNode;
};

type Step =
  | { readonly kind: "closed" }
  | { readonly kind: "asking" }
  | { readonly kind: "created"; readonly secret: string };

/** Creates a token and shows its secret once, because only its hash is stored. */
export function NewTokenButton({
  label,
  isPrimary = false,
  secretTitle,
  usage,
  form,
}: NewTokenButtonProps) {
  const [step, setStep] = useState<Step>({ kind: "closed" });
  const close = (): void => setStep({ kind: "closed" });
  return (
    <>
      <Button
        variant={isPrimary ? "primary" : "secondary"}
        onClick={() => setStep({ kind: "asking" })}
      >
        <Icon name="plus" />
        {label}
      </Button>
      {step.kind === "asking" &&
        form({
          onCreated: ({ secret }) => setStep({ kind: "created", secret }),
          onClose: close,
        })}
      {step.kind === "created" && (
        <SecretDialog title={secretTitle} usage={usage} secret={step.secret} onClose={close} />
      )}
    </>
  );
}

type SecretDialogProps = {
  readonly title: string;
  readonly usage?: string | undefined;
  readonly secret: string;
  readonly onClose: () => void;
};

/** Shows a secret once. */
export function SecretDialog({ title, usage, secret, onClose }: SecretDialogProps) {
  const t = useTranslations("tokens.secret");
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={title}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t("done")}
        </Button>
      }
    >
      <div className="space-y-4">
        <Callout tone="warn">{t("copyNow")}</Callout>
        <p className="flex items-start justify-between gap-2 rounded-md border border-line bg-sunken px-3 py-2">
          <Code isBreaking>{secret}</Code>
          <span className="-my-1 shrink-0">
            <CopyButton text={secret} what={t("what")} />
          </span>
        </p>
        {usage !== undefined && <p className="text-sm text-ink-muted">{usage}</p>}
      </div>
    </Dialog>
  );
}
