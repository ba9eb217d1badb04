import { useTranslations } from "next-intl";
import { TextBlock } from "#components/captures/text-block";
import { Callout } from "#components/ui/callout";
import { Card } from "#components/ui/card";
import { CopyButton } from "#components/ui/copy-button";
import type { Capture } from "#phones/captures/model";
import { prettyBody } from "#phones/captures/pretty-body";

type CapturedRequestProps = { readonly capture: Capture };

/** Head and body of a captured request, with the body in its most readable form. */
export function CapturedRequest({ capture }: CapturedRequestProps) {
  const t = useTranslations("captures.request");
  const { method, target, headers, body, isTruncated } = capture;
  const head = [`${method} ${target}`, ...headers.map(([name, value]) => `${name}: ${value}`)].join(
    "\n",
  );
  const { kind, text } = prettyBody(body);
  return (
    <Card title={t("title")} description={t("redacted")}>
      <div className="space-y-4">
        {isTruncated && <Callout tone="warn">{t("truncated")}</Callout>}
        <section className="space-y-1.5">
          <div className="flex items-center justify-between gap-2">
            <h3 className="text-[0.8125rem] font-medium">{t("head")}</h3>
            <CopyButton text={head} what={t("head")} />
          </div>
          <TextBlock label={t("head")} text={head} />
        </section>
        <section className="space-y-1.5">
          <div className="flex items-center justify-between gap-2">
            <h3 className="text-[0.8125rem] font-medium">{t(`body.${kind}`)}</h3>
            {kind !== "empty" && <CopyButton text={text} what={t("bodyName")} />}
          </div>
          {kind === "empty" ? (
            <p className="text-[0.8125rem] text-ink-muted">{t("withoutBody")}</p>
          ) : (
            <TextBlock label={t(`body.${kind}`)} text={text} />
          )}
        </section>
      </div>
    </Card>
  );
}
