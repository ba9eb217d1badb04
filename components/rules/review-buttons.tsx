"use client";

import { Icon } from "#components/ui/icon";
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
  approve: { icon: <Icon name="check" />, variant: "primary" },
  reset: { icon: <Icon name="undo-2" />, variant: "secondary" },
  restore: { icon: <Icon name="rotate-ccw" />, variant: "secondary" },
  remove: { icon: <Icon name="trash-2" />, variant: "dangerGhost" },
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
