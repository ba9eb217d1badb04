import { useTranslations } from "next-intl";
import { TextBlock } from "#components/captures/text-block";
import { JudgementList } from "#components/devices/judgement-list";
import { ButtonLink } from "#components/ui/button-link";
import { Callout } from "#components/ui/callout";
import { Card } from "#components/ui/card";
import { Code } from "#components/ui/code";
import { DefinitionList } from "#components/ui/definition-list";
import type { Replay, ReplayedAnswer } from "#phones/captures/replay";
import { formatMacAddress } from "#foundation/core/mac-address";
import type { CheckRequest } from "#formats/protocol/check-request";

type ReplayResultProps = { readonly replay: Replay };

/** The answer that a captured request would get now. */
export function ReplayResult({ replay }: ReplayResultProps) {
  const t = useTranslations("captures.replay");
  switch (replay.kind) {
    case "other":
      return (
        <Card title={t("title")}>
          <p className="text-[0.8125rem] text-ink-muted">{t("other")}</p>
        </Card>
      );
    case "file":
      return (
        <Card title={t("title")}>
          <Callout tone={replay.isOffered ? "good" : "warn"}>
            {replay.isOffered ? t("fileOffered") : t("fileMissing")}
          </Callout>
        </Card>
      );
    case "refused":
      return (
        <Card title={t("title")} description={t("description")}>
          <div className="space-y-4">
            <Callout tone="bad" title={t("refused")}>
              {/* The text that is sent to the phone, which is always English. */}
              <span lang="en">{replay.reason}</span>
            </Callout>
            <Answer answer={replay.answer} />
          </div>
        </Card>
      );
    case "check":
      return (
        <div className="space-y-5">
          <Understood request={replay.request} poolFqdn={replay.poolFqdn} />
          <JudgementList device={replay} />
          <Card title={t("title")} description={t("description")}>
            <Answer answer={replay.answer} />
          </Card>
        </div>
      );
  }
}

function Answer({ answer }: { readonly answer: ReplayedAnswer }) {
  const t = useTranslations("captures.replay");
  const text = `${answer.status}\ncontent-type: ${answer.contentType}\n\n${answer.body}`;
  return <TextBlock label={t("answer")} text={text} />;
}

type UnderstoodProps = { readonly request: CheckRequest; readonly poolFqdn: string | null };

function Understood({ request, poolFqdn }: UnderstoodProps) {
  const t = useTranslations("captures.understood");
  const { hardware, macAddress, serialNumber, user, installed } = request;
  const modules = installed.map(({ fileName, updateType, version }) => (
    <div key={`${updateType}/${fileName}`}>
      <Code isBreaking>{`${fileName || updateType} ${version || "–"}`}</Code>
    </div>
  ));
  return (
    <Card
      title={t("title")}
      description={t("description")}
      actions={<ButtonLink href="/settings/dialect">{t("toDialect")}</ButtonLink>}
    >
      <DefinitionList
        items={[
          { term: t("deviceType"), value: hardware.deviceType },
          { term: t("brand"), value: hardware.brand },
          { term: t("model"), value: hardware.model },
          { term: t("revision"), value: hardware.revision },
          { term: t("locale"), value: hardware.locale },
          {
            term: t("macAddress"),
            value: macAddress === null ? null : <Code>{formatMacAddress(macAddress)}</Code>,
          },
          { term: t("serialNumber"), value: serialNumber },
          { term: t("user"), value: user },
          { term: t("modules"), value: modules.length === 0 ? null : modules },
          { term: t("pool"), value: poolFqdn },
        ]}
      />
    </Card>
  );
}
