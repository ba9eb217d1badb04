"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ChangeRetirement } from "#components/devices/retirement-dialog";
import { RetirementDialog } from "#components/devices/retirement-dialog";
import { Button } from "#components/ui/button";

type RetirementButtonProps = {
  readonly what: "retire" | "restore";
  readonly phone: { readonly id: string; readonly name: string };
  readonly action: ChangeRetirement;
  readonly size?: "sm" | "md";
};

/** Retires one phone, or restores it from retirement. */
export function RetirementButton({ what, phone, action, size = "md" }: RetirementButtonProps) {
  const t = useTranslations("retirement.actions");
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <Button size={size} onClick={() => setIsAsking(true)}>
        {t(`${what}.action`)}
      </Button>
      {isAsking && (
        <RetirementDialog
          what={what}
          phones={[phone]}
          action={action}
          onClose={() => setIsAsking(false)}
        />
      )}
    </>
  );
}
