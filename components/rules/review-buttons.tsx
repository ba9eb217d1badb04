"use client";

import { Check, RotateCcw, Trash2, Undo2 } from "#components/ui/icons";
import { useTranslations } from "next-intl";
import type { ComponentProps, ReactNode } from "react";
import { Button } from "#components/ui/button";
import type { ReviewIntent } from "#components/rules/fetch-preview";
import { useReview } from "#components/rules/review-context";
import type { RuleAction } from "#firmware/rules/model";

type Look = {
  readonly icon: ReactNode;
  readonly variant: ComponentProps<typeof Button>["variant"];
};

export const ACTION_LOOKS = {
  approve: { icon: <Check aria-hidden />, variant: "primary" },
  reset: { icon: <Undo2 aria-hidden />, variant: "secondary" },
  restore: { icon: <RotateCcw aria-hidden />, variant: "secondary" },
  remove: { icon: <Trash2 aria-hidden />, variant: "dangerGhost" },
} as const satisfies Record<RuleAction, Look>;

type ReviewButtonsProps = {
  /** The actions to offer, in this order. */
  readonly actions: readonly RuleAction[];
  readonly target: Omit<ReviewIntent, "action" | "targetVersion">;
  readonly onDone?: () => void;
};

/** The review actions for one rule or a selection. Actions that the role does not allow are left out. */
export function ReviewButtons({ actions, target, onDone }: ReviewButtonsProps) {
  const t = useTranslations("updates.actions");
  const { permissions, ask } = useReview();
  return actions
    .filter((action) => (action === "remove" ? permissions.mayRemove : permissions.mayReview))
    .map((action) => (
      <Button
        key={action}
        variant={ACTION_LOOKS[action].variant}
        onClick={() => ask({ ...target, action, targetVersion: null }, onDone)}
      >
        {ACTION_LOOKS[action].icon}
        {t(action)}
      </Button>
    ));
}
