import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { cancelImportAction, confirmImportAction, describeImportAction } from "../actions";
import { withMessages } from "#components/shell/client-messages";
import { ImportView } from "#components/imports/import-view";
import { pageContext } from "#access/auth/server/panel-context";
import { may } from "#foundation/core/permissions";
import { findImport, suggestImportDetails } from "#firmware/imports/server/find-import";
import { listPools } from "#fleet/pools/server/list-pools";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("imports.list");
  return { title: t("title") };
}

type ImportPageProps = { readonly params: Promise<{ readonly id: string }> };

async function ImportPage({ params }: ImportPageProps) {
  const context = await pageContext();
  const { id } = await params;
  const job = await findImport(context, id);
  if (job === null) {
    notFound();
  }
  const [suggestions, pools] = await Promise.all([
    suggestImportDetails(context, job),
    listPools(context),
  ]);
  return (
    <ImportView
      job={job}
      suggestions={suggestions}
      poolNames={pools.flatMap((pool) => (job.poolIds.includes(pool.id) ? [pool.fqdn] : []))}
      actions={
        may(context.actor, "import:create")
          ? {
              describe: describeImportAction,
              confirm: confirmImportAction,
              cancel: cancelImportAction,
            }
          : null
      }
    />
  );
}

export default withMessages(ImportPage, ["imports", "rejections"]);
