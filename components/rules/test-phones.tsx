import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { Link } from "#components/ui/link";
import type { ReactNode } from "react";
import { PROGRESS_LOOKS } from "#components/devices/progress-looks";
import { Badge } from "#components/ui/badge";
import type { Tone } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { Instant } from "#components/ui/instant";
import { Table, TableCell, TableHead, TableRow } from "#components/ui/table";
import { Version } from "#components/rules/version";
import type { TestPhone, TestPhoneState } from "#firmware/rules/test-phone";
import { formatIdentifier } from "#fleet/test-devices/read-identifiers";

const LOOKS = {
  never_asked: { tone: "neutral", icon: <Icon name="circle-help" /> },
  other_hardware: { tone: "neutral", icon: <Icon name="circle-help" /> },
  other_pool: { tone: "neutral", icon: <Icon name="circle-help" /> },
  other_site: { tone: "neutral", icon: <Icon name="circle-help" /> },
  not_asked_since: { tone: "warn", icon: <Icon name="clock" /> },
  not_given: { tone: "warn", icon: <Icon name="circle-help" /> },
  ...PROGRESS_LOOKS,
} as const satisfies Record<TestPhoneState, { readonly tone: Tone; readonly icon: ReactNode }>;

type TestPhonesProps = {
  readonly testPhones: readonly TestPhone[];
  readonly otherTestDevices: number;
};

/** The test devices of a rule's site: their last checks, their offered versions and their progress. */
export function TestPhones({ testPhones, otherTestDevices }: TestPhonesProps) {
  const t = useTranslations("rule.testPhones");
  return (
    <Card title={t("title")} isFlush>
      {testPhones.length === 0 ? (
        <EmptyState
          icon={<Icon name="phone-forwarded" />}
          title={t("empty")}
          description={t("emptyDescription")}
        />
      ) : (
        <Table caption={t("caption")}>
          <thead>
            <tr>
              <TableHead>{t("phone")}</TableHead>
              <TableHead>{t("state")}</TableHead>
              <TableHead className="max-md:hidden">{t("given")}</TableHead>
              <TableHead>{t("runs")}</TableHead>
            </tr>
          </thead>
          <tbody className="border-t border-line">
            {testPhones.map((testPhone) => (
              <TestPhoneRow key={testPhone.testDevice.id} testPhone={testPhone} />
            ))}
          </tbody>
        </Table>
      )}
      {otherTestDevices > 0 && (
        <p className="border-t border-line px-4 py-2.5 text-xs text-ink-muted">
          {t("others", { count: otherTestDevices })}
        </p>
      )}
    </Card>
  );
}

function TestPhoneRow({ testPhone }: { readonly testPhone: TestPhone }) {
  const t = useTranslations("rule.testPhones");
  const { testDevice, phone, state, version, givenVersion } = testPhone;
  const identifier = formatIdentifier(testDevice);
  return (
    <TableRow>
      <TableCell>
        <span className="block font-medium whitespace-nowrap">
          {phone === null ? (
            testDevice.name
          ) : (
            <Link href={`/devices/${phone.id}`} className="text-link">
              {testDevice.name}
            </Link>
          )}
        </span>
        {identifier !== testDevice.name && (
          <span className="block text-xs whitespace-nowrap text-ink-muted">{identifier}</span>
        )}
        <span className="block text-xs text-ink-muted">
          {testDevice.siteName ?? t("scopeEverywhere")}
        </span>
      </TableCell>
      <TableCell>
        <Badge {...LOOKS[state]}>{t(`states.${state}`)}</Badge>
        {phone !== null && (
          <span className="mt-0.5 block text-xs text-ink-muted">
            {t("asked")} <Instant date={phone.lastSeenAt} />
          </span>
        )}
      </TableCell>
      <TableCell className="max-md:hidden">
        <Version version={givenVersion} />
      </TableCell>
      <TableCell>
        <Version version={version} />
      </TableCell>
    </TableRow>
  );
}
