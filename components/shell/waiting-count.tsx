"use client";

import { useTranslations } from "next-intl";
import { Suspense, use } from "react";
import type { WaitingCounts, WaitingKind } from "#phones/statistics/waiting";

/** Resolves to null if the counts could not be read. */
export type WaitingPromise = Promise<WaitingCounts | null>;

type WaitingCountProps = {
  readonly waiting: WaitingPromise;
  readonly kinds: readonly WaitingKind[];
  /** A dot instead of the number, where only an icon fits. */
  readonly isDot?: boolean;
};

/** The number of items that wait for a person; nothing while it is loading, or if none wait. */
export function WaitingCount(props: WaitingCountProps) {
  return (
    <Suspense fallback={null}>
      <LoadedCount {...props} />
    </Suspense>
  );
}

const MAX_SHOWN_COUNT = 999;

function LoadedCount({ waiting, kinds, isDot = false }: WaitingCountProps) {
  const t = useTranslations("shell");
  const counts = use(waiting);
  const count = kinds.reduce((sum, kind) => sum + (counts?.[kind] ?? 0), 0);
  if (count === 0) {
    return null;
  }
  const spoken = <span className="sr-only">{t("waiting", { count })}</span>;
  if (isDot) {
    return (
      <span className="absolute end-1 top-1 size-2 rounded-full bg-accent ring-2 ring-canvas">
        {spoken}
      </span>
    );
  }
  return (
    <span className="ms-auto rounded-full bg-accent-soft px-1.5 text-2xs font-medium text-accent-ink tabular-nums group-aria-[current=page]:bg-surface">
      <span aria-hidden>{count > MAX_SHOWN_COUNT ? `${MAX_SHOWN_COUNT}+` : count}</span>
      {spoken}
    </span>
  );
}
