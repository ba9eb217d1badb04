"use client";

import { Icon } from "#components/ui/icon";
import { useLocale, useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { useEffect } from "react";
import { Toaster as Sonner, toast } from "sonner";
import { TEXT_DIRECTIONS } from "#foundation/i18n/locales";

type SonnerToasterProps = {
  /** Called when toasts can be shown. */
  readonly onReady: (show: typeof toast) => void;
};

/** The container of toasts of the package "sonner". `Toaster` loads it. */
export function SonnerToaster({ onReady }: SonnerToasterProps) {
  const t = useTranslations("common");
  const direction = TEXT_DIRECTIONS[useLocale()];
  const { resolvedTheme } = useTheme();

  // Synchronises with the container, which ignores toasts before it is mounted.
  useEffect(() => onReady(toast), [onReady]);

  return (
    <Sonner
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      dir={direction}
      position={direction === "rtl" ? "bottom-left" : "bottom-right"}
      containerAriaLabel={t("notifications")}
      closeButton
      duration={6_000}
      icons={{
        success: <Icon name="circle-check" className="size-4 text-good-ink" />,
        info: <Icon name="info" className="size-4 text-accent-ink" />,
        warning: <Icon name="triangle-alert" className="size-4 text-warn-ink" />,
        error: <Icon name="circle-alert" className="size-4 text-bad-ink" />,
      }}
      toastOptions={{
        closeButtonAriaLabel: t("close"),
        classNames: {
          toast: "!rounded-lg !border !border-line !bg-raised !text-ink !shadow-raised !font-sans",
          title: "!text-[0.8125rem] !font-medium",
          description: "!text-xs !text-ink-muted",
          actionButton: "!bg-accent !text-on-accent !rounded-md !text-xs",
          closeButton: "!border-line !bg-raised !text-ink-muted",
        },
      }}
    />
  );
}
