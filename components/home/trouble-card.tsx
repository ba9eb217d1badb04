import { useTranslations } from "next-intl";
import { Link } from "#components/ui/link";
import { ProgressBadge, UpdateStateBadge } from "#components/devices/device-badges";
import { toDeviceName } from "#components/devices/device-name";
import { Version } from "#components/rules/version";
import { Card } from "#components/ui/card";
import { Instant } from "#components/ui/instant";
import type { DeviceSummary } from "#fleet/devices/model";

type TroubleCardProps = {
  readonly devices: readonly DeviceSummary[];
  /** All phones in trouble, of which these are the newest. */
  readonly total: number;
};

/** The phones in trouble that checked last. */
export function TroubleCard({ devices, total }: TroubleCardProps) {
  const t = useTranslations("home.trouble");
  return (
    <Card title={t("title")} isFlush>
      {devices.length === 0 ? (
        <p className="px-4 py-6 text-[0.8125rem] text-ink-muted">{t("nothing")}</p>
      ) : (
        <ul>
          {devices.map((device) => (
            <li key={device.id} className="card-row">
              <Link
                href={`/devices/${device.id}`}
                className="quiet-link text-[0.8125rem] font-medium"
              >
                {toDeviceName(device)}
              </Link>
              <p className="card-detail">
                {device.progress === null ? (
                  <UpdateStateBadge state={device.state} />
                ) : (
                  <ProgressBadge state={device.progress} />
                )}
                <Version version={device.version} />
                <span>
                  {t("lastSeen")} <Instant date={device.lastSeenAt} />
                </span>
              </p>
            </li>
          ))}
        </ul>
      )}
      {total > devices.length && (
        <p className="border-t border-line px-4 py-2.5">
          <Link href="/devices?state=in_trouble" className="text-link text-[0.8125rem] font-medium">
            {t("all", { count: total })}
          </Link>
        </p>
      )}
    </Card>
  );
}
