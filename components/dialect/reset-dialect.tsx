"use client";

import { useTranslations } from "next-intl";
import { toast } from "#components/ui/toast";
import { ConfirmedButton } from "#components/forms/confirm-action";
import { Button } from "#components/ui/button";
import type { ActionResult } from "#access/auth/action-result";
import type { ResetDialectInput } from "#phones/dialect/schema";

export type ResetDialectAction = (
  input: ResetDialectInput,
) => Promise<ActionResult<"changed" | "skipped">>;

type ResetDialectProps = { readonly seenAt: string; readonly resetDialect: ResetDialectAction };

export function ResetDialect({ seenAt, resetDialect }: ResetDialectProps) {
  const t = useTranslations("dialect");
  return (
    <ConfirmedButton
      trigger={(ask) => (
        <Button variant="dangerGhost" onClick={ask}>
          {t("reset.open")}
        </Button>
      )}
      title={t("reset.title")}
      description={t("reset.description")}
      confirmLabel={t("reset.open")}
      isDangerous
      action={resetDialect}
      input={{ seenAt }}
      failures={{ conflict: t("conflict") }}
      onDone={() => toast.success(t("reset.done"))}
    />
  );
}
