import { useTranslations } from "next-intl";
import { Link } from "#components/ui/link";
import type { ReactNode } from "react";
import { LinkedName } from "#components/home/linked-name";
import { ImportStateBadge } from "#components/imports/import-state";
import { toRuleName } from "#components/rules/rule-name";
import { Version } from "#components/rules/version";
import { Badge } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { Icon } from "#components/ui/icon";
import { Instant } from "#components/ui/instant";
import { FAILING_REASONS } from "#phones/captures/model";
import type { Decisions, PendingDecision } from "#phones/statistics/decisions";
import { WAITING_KINDS } from "#phones/statistics/waiting";

type DecisionsCardProps = { readonly decisions: Decisions };

/** What waits for a person, the oldest first. */
export function DecisionsCard({ decisions: { counts, pending, imports } }: DecisionsCardProps) {
  const t = useTranslations("home.decisions");
  const isEmpty = WAITING_KINDS.every((kind) => (counts[kind] ?? 0) === 0);
  return (
    <Card title={t("title")} isFlush>
      {isEmpty && <p className="px-4 py-6 text-[0.8125rem] text-ink-muted">{t("nothing")}</p>}
      <Group count={counts.pendingUpdates} name="pending" href="/updates/pending">
        {pending.map((decision) => (
          <PendingRow key={decision.rule.id} decision={decision} />
        ))}
      </Group>
      <Group
        count={counts.askingImports}
        name="imports"
        href="/updates/imports?state=needs_details,needs_confirmation"
      >
        {imports.map(({ id, fileName, state, createdAt }) => (
          <Row key={id} href={`/updates/imports/${id}`} name={fileName}>
            <ImportStateBadge state={state} />
            <span>
              {t("importSince")} <Instant date={createdAt} />
            </span>
          </Row>
        ))}
      </Group>
      <Group count={counts.haltedRollOuts} name="haltedRollOuts" href="/roll-outs?state=halted" />
      <Group count={counts.conflicts} name="conflicts" href="/devices/conflicts" />
      <Group
        count={counts.captures}
        name="captures"
        href={`/captures?reason=${FAILING_REASONS.join(",")}`}
      />
    </Card>
  );
}

type GroupProps = {
  /** Null: the reader may not see these items. */
  readonly count: number | null;
  readonly name: "pending" | "imports" | "haltedRollOuts" | "conflicts" | "captures";
  readonly href: string;
  readonly children?: ReactNode;
};

/** Items of one kind below a link to all of them; nothing if there are none. */
function Group({ count, name, href, children }: GroupProps) {
  const t = useTranslations("home.decisions");
  if (count === null || count === 0) {
    return null;
  }
  return (
    <div className="border-t border-line px-4 py-3 first:border-t-0">
      <Link href={href} className="text-link text-[0.8125rem] font-medium">
        {t(name, { count })}
      </Link>
      {children !== undefined && <ul className="mt-2 space-y-2.5">{children}</ul>}
    </div>
  );
}

type RowProps = {
  readonly href: string;
  readonly name: ReactNode;
  /** What distinguishes it from others with the same name. */
  readonly detail?: string;
  readonly children: ReactNode;
};

function Row({ href, name, detail, children }: RowProps) {
  return (
    <li className="min-w-0 space-y-0.5">
      <LinkedName href={href} name={name} detail={detail} />
      <p className="card-detail">{children}</p>
    </li>
  );
}

function PendingRow({ decision }: { readonly decision: PendingDecision }) {
  const t = useTranslations("home.decisions");
  const { rule } = decision;
  return (
    <Row href={`/updates/${rule.id}`} name={toRuleName(rule)} detail={rule.poolFqdn}>
      <Version version={rule.pending?.version ?? null} />
      <TestResult {...decision} />
      <span>
        {t("since")} <Instant date={rule.importedAt} />
      </span>
    </Row>
  );
}

function TestResult({ testPhones, running, inTrouble }: PendingDecision) {
  const t = useTranslations("home.decisions");
  if (testPhones === 0) {
    return <Badge icon={<Icon name="circle-help" />}>{t("untested")}</Badge>;
  }
  return (
    <>
      <span>{t("tried", { count: testPhones })}:</span>
      {running > 0 && (
        <Badge tone="good" icon={<Icon name="circle-check" />}>
          {t("running", { count: running })}
        </Badge>
      )}
      {inTrouble > 0 && (
        <Badge tone="bad" icon={<Icon name="circle-x" />}>
          {t("inTrouble", { count: inTrouble })}
        </Badge>
      )}
      {running + inTrouble === 0 && <Badge icon={<Icon name="clock" />}>{t("notYet")}</Badge>}
    </>
  );
}
