import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PoolMenu } from "#components/pools/pool-menu";
import type { PoolActions } from "#components/pools/pool-menu";
import { Badge } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { CopyButton } from "#components/ui/copy-button";
import { EmptyState } from "#components/ui/empty-state";
import { DefinitionList } from "#components/ui/definition-list";
import { Code } from "#components/ui/code";
import { useJoined } from "#components/ui/use-joined";
import type { Pool } from "#fleet/pools/model";
import { serviceIdentity } from "#firmware/rules/model";

type PoolListProps = {
  readonly pools: readonly Pool[];
  readonly siteNames: readonly string[];
  /** Null if the user has only read access. */
  readonly actions: PoolActions | null;
  readonly emptyActions: ReactNode;
};

/** All pools with their addresses. There are tens at most, so each has a card. */
export function PoolList({ pools, siteNames, actions, emptyActions }: PoolListProps) {
  const t = useTranslations("pools");
  if (pools.length === 0) {
    return (
      <Card>
        <EmptyState
          title={t("empty.title")}
          description={t("empty.description")}
          actions={emptyActions}
        />
      </Card>
    );
  }
  return (
    <ul aria-label={t("caption")} className="grid items-start gap-4 xl:grid-cols-2">
      {pools.map((pool) => (
        <li key={pool.id} className="min-w-0">
          <Card
            title={pool.fqdn}
            description={pool.siteName}
            actions={
              <>
                {pool.isDefault && <Badge tone="accent">{t("default")}</Badge>}
                {actions !== null && (
                  <PoolMenu pool={pool} siteNames={siteNames} actions={actions} />
                )}
              </>
            }
          >
            <PoolFacts pool={pool} />
          </Card>
        </li>
      ))}
    </ul>
  );
}

function PoolFacts({ pool }: { readonly pool: Pool }) {
  const t = useTranslations("pools");
  const joined = useJoined();
  const identity = serviceIdentity(pool.fqdn);
  return (
    <DefinitionList
      items={[
        {
          term: t("columns.identity"),
          value: (
            <span className="flex items-start gap-1">
              <Code isBreaking>{identity}</Code>
              <span className="-my-1">
                <CopyButton text={identity} what={t("identity")} />
              </span>
            </span>
          ),
        },
        {
          term: t("columns.internalBaseUrl"),
          value: <Code isBreaking>{pool.internalBaseUrl}</Code>,
        },
        {
          term: t("columns.externalBaseUrl"),
          value: <Code isBreaking>{pool.externalBaseUrl}</Code>,
        },
        { term: t("columns.sipDomains"), value: joined(pool.sipDomains) },
      ]}
    />
  );
}
