import { getTranslations } from "next-intl/server";
import { WhatIfAnswers } from "#components/devices/what-if-answers";
import { WhatIfForm } from "#components/devices/what-if-form";
import { Card } from "#components/ui/card";
import { Callout } from "#components/ui/callout";
import { pageContext } from "#access/auth/server/panel-context";
import type { PreviewedCheck } from "#phones/check/server/what-if";
import { previewCheck } from "#phones/check/server/what-if";
import type { WhatIfInput } from "#phones/check/what-if-input";
import type { WhatIfSearch } from "#phones/check/what-if-search-params";
import { toWhatIfInput } from "#phones/check/what-if-search-params";
import { AppError } from "#foundation/core/errors";
import type { Device } from "#fleet/devices/model";
import { listDeviceFacets } from "#fleet/devices/server/list-device-facets";

type WhatIfSectionProps = { readonly device: Device; readonly search: WhatIfSearch };

/** What this phone, or a similar one, would be offered. The whole question is in the page's URL. */
export async function WhatIfSection({ device, search }: WhatIfSectionProps) {
  const t = await getTranslations("devices.whatIf");
  const question = toWhatIfInput(search, device);
  const { pools } = await listDeviceFacets(await pageContext());
  const answers = await preview(question);
  return (
    <Card title={t("title")} description={t("description")}>
      <div className="space-y-5">
        <WhatIfForm
          action={`/devices/${device.id}`}
          question={question}
          approvable={answers?.approvable ?? []}
          pools={pools}
        />
        {answers === null ? (
          <Callout tone="bad">{t("incomplete")}</Callout>
        ) : (
          <WhatIfAnswers preview={answers} side={answers.side} />
        )}
      </div>
    </Card>
  );
}

/** Null if the question describes no valid phone, or names an unknown pool. */
async function preview(question: WhatIfInput): Promise<PreviewedCheck | null> {
  try {
    return await previewCheck(await pageContext(), question);
  } catch (error) {
    if (
      error instanceof AppError &&
      (error.code === "invalid_input" || error.code === "unprocessable_input")
    ) {
      return null;
    }
    throw error;
  }
}
