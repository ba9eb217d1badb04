"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { usePathname } from "next/navigation";
import { toShownError } from "#components/shell/shown-error";
import type { ErrorKind } from "#components/shell/shown-error";
import { Button } from "#components/ui/button";
import { Code } from "#components/ui/code";
import { ErrorState } from "#components/ui/error-state";
import { HomeLink } from "#components/shell/home-link";
import { signInPath } from "#foundation/core/callback-path";

const ICONS = {
  unavailable: <Icon name="database-zap" />,
  forbidden: <Icon name="lock" />,
  unauthenticated: <Icon name="log-in" />,
  defect: undefined,
} as const satisfies Record<ErrorKind, unknown>;

type ErrorViewProps = { readonly error: unknown; readonly retry: () => void };

/** The content of error boundaries: what failed, as far as it may be shown, and what to do. */
export function ErrorView({ error, retry }: ErrorViewProps) {
  const t = useTranslations("errors");
  const common = useTranslations("common");
  const pathname = usePathname();
  const { kind, reference } = toShownError(error);
  return (
    <ErrorState
      icon={ICONS[kind]}
      title={t(`${kind}.title`)}
      description={t(`${kind}.description`)}
      reference={
        reference === null
          ? undefined
          : t.rich("reference", { reference, code: (chunks) => <Code>{chunks}</Code> })
      }
      actions={
        kind === "unauthenticated" ? (
          // Not a Next.js link, because the router cache belongs to the session that has ended.
          <Button
            variant="primary"
            onClick={() =>
              window.location.assign(signInPath(`${pathname}${window.location.search}`))
            }
          >
            {t("signInAgain")}
          </Button>
        ) : (
          <>
            <HomeLink />
            <Button variant="primary" onClick={retry}>
              {common("retry")}
            </Button>
          </>
        )
      }
    />
  );
}
