import { useFormatter, useTranslations } from "next-intl";
import { Link } from "#components/ui/link";
import { Icon } from "#components/ui/icon";
import type { IconName } from "#components/ui/icon";
import type { FleetStatistics } from "#phones/statistics/model";

const FIGURES = [
  { name: "up_to_date", icon: "circle-check", style: "text-good-ink" },
  { name: "update_due", icon: "clock", style: "text-warn-ink" },
  { name: "waiting_for_test", icon: "inbox", style: "text-accent-ink" },
  { name: "in_trouble", icon: "circle-alert", style: "text-bad-ink" },
  { name: "silent", icon: "unplug", style: "text-ink-faint" },
] as const;

type FigureCardsProps = Pick<FleetStatistics, "phones" | "figures">;

/** The phones behind each figure. Each card leads to the list that has exactly these phones. */
export function FigureCards({ phones, figures }: FigureCardsProps) {
  const t = useTranslations("home.figures");
  const format = useFormatter();
  const share = (count: number): string =>
    t("share", {
      share: format.number(phones === 0 ? 0 : count / phones, {
        style: "percent",
        maximumFractionDigits: 1,
      }),
    });
  return (
    <section aria-label={t("title")}>
      <ul className="grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-6">
        <FigureCard label={t("all")} count={phones} href="/devices" icon="phone" />
        {FIGURES.map(({ name, icon, style }) => (
          <FigureCard
            key={name}
            label={t(name)}
            count={figures[name]}
            href={`/devices?state=${name}`}
            icon={icon}
            iconStyle={style}
            detail={phones === 0 ? undefined : share(figures[name])}
            hint={isExplained(name) ? t(`hints.${name}`) : undefined}
          />
        ))}
      </ul>
    </section>
  );
}

const EXPLAINED = ["waiting_for_test", "in_trouble", "silent"] as const;

function isExplained(name: string): name is (typeof EXPLAINED)[number] {
  return EXPLAINED.some((explained) => explained === name);
}

type FigureCardProps = {
  readonly label: string;
  readonly count: number;
  readonly href: string;
  readonly icon: IconName;
  readonly iconStyle?: string;
  readonly detail?: string | undefined;
  readonly hint?: string | undefined;
};

function FigureCard({
  label,
  count,
  href,
  icon,
  iconStyle = "text-ink-faint",
  detail,
  hint,
}: FigureCardProps) {
  const format = useFormatter();
  return (
    <li>
      <Link href={href} title={hint} className="figure-card">
        <span className="flex items-center gap-1.5 text-xs text-ink-muted">
          <Icon name={icon} className={`size-3.5 shrink-0 ${iconStyle}`} />
          {label}
        </span>
        {/* At the bottom, so that the figures are on one line although a label takes two. */}
        <span className="mt-auto pt-1 text-2xl font-semibold tracking-tight tabular-nums">
          {format.number(count)}
        </span>
        <span className="min-h-4 text-xs text-ink-muted">{detail}</span>
      </Link>
    </li>
  );
}
