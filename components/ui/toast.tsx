"use client";

import { CircleAlert, CircleCheck, Info, TriangleAlert } from "#components/ui/icons";
import { useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { Toaster as Sonner } from "sonner";

/** The container of toasts. Pages call `toast.success(…)` of the package "sonner". */
export function Toaster() {
  const t = useTranslations("common");
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-right"
      containerAriaLabel={t("notifications")}
      closeButton
      duration={6_000}
      icons={{
        success: <CircleCheck aria-hidden className="size-4 text-good-ink" />,
        info: <Info aria-hidden className="size-4 text-accent-ink" />,
        warning: <TriangleAlert aria-hidden className="size-4 text-warn-ink" />,
        error: <CircleAlert aria-hidden className="size-4 text-bad-ink" />,
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
