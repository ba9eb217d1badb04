"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { toast } from "#components/ui/toast";
import { ConfirmedButton } from "#components/forms/confirm-action";
import { Button } from "#components/ui/button";
import type { ActionResult } from "#access/auth/action-result";
import type { RemoveCapturesInput } from "#phones/captures/schema";

export type RemoveCapturesAction = (
  input: RemoveCapturesInput,
) => Promise<ActionResult<{ readonly removed: number }>>;

type RemoveCapturesProps = {
  readonly input: RemoveCapturesInput;
  readonly count: number;
  readonly removeCaptures: RemoveCapturesAction;
  readonly onRemoved?: () => void;
};

export function RemoveCaptures({ input, count, removeCaptures, onRemoved }: RemoveCapturesProps) {
  const t = useTranslations("captures.remove");
  return (
    <ConfirmedButton
      trigger={(ask) => (
        <Button variant="dangerGhost" onClick={ask}>
          <Icon name="trash-2" />
          {"every" in input ? t("all") : t("some")}
        </Button>
      )}
      title={t("title", { count })}
      description={t("description")}
      confirmLabel={t("some")}
      isDangerous
      action={removeCaptures}
      input={input}
      onDone={({ removed }) => {
        toast.success(t("done", { count: removed }));
        onRemoved?.();
      }}
    />
  );
}
