"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { IconButton } from "#components/ui/button";
import { Icon } from "#components/ui/icon";
import { Instant } from "#components/ui/instant";

type LoadedAtProps = { readonly at: Date };

/** How old the rows are, and a button that loads them again: for lists that change with every check of a phone. */
export function LoadedAt({ at }: LoadedAtProps) {
  const t = useTranslations("table");
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  return (
    <span className="flex items-center gap-1">
      <span>
        {t("loadedAt")} <Instant date={at} />
      </span>
      <IconButton
        size="sm"
        label={t("refresh")}
        title={t("refresh")}
        aria-busy={isPending}
        onClick={() => startTransition(() => router.refresh())}
      >
        <Icon name="refresh-cw" className={isPending ? "animate-spin" : ""} />
      </IconButton>
    </span>
  );
}
