"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmAction } from "#components/forms/confirm-action";
import { useActionForm } from "#components/forms/use-action-form";
import { NetworksDialog } from "#components/sites/networks-dialog";
import type { SiteActions } from "#components/sites/site-actions";
import { SiteNameDialog } from "#components/sites/site-name-dialog";
import { IconButton } from "#components/ui/button";
import { Menu, MenuItem } from "#components/ui/dropdown-menu";
import { toast } from "#components/ui/toast";
import type { SiteOverview } from "#fleet/sites/model";

type SiteMenuProps = {
  readonly site: Pick<SiteOverview, "id" | "name">;
  readonly actions: SiteActions;
};

/** The menu of a site, with its dialogs. */
export function SiteMenu({ site, actions }: SiteMenuProps) {
  const t = useTranslations("sites");
  const [question, setQuestion] = useState<"networks" | "rename" | "remove" | null>(null);
  const close = () => setQuestion(null);
  return (
    <>
      <Menu
        trigger={
          <IconButton size="sm" label={t("actions.menu", { site: site.name })}>
            <Icon name="ellipsis" />
          </IconButton>
        }
      >
        <MenuItem icon={<Icon name="plus" />} onSelect={() => setQuestion("networks")}>
          {t("actions.addNetworks")}
        </MenuItem>
        <MenuItem icon={<Icon name="pencil" />} onSelect={() => setQuestion("rename")}>
          {t("actions.rename")}
        </MenuItem>
        <MenuItem icon={<Icon name="trash-2" />} isDangerous onSelect={() => setQuestion("remove")}>
          {t("actions.remove")}
        </MenuItem>
      </Menu>
      {question === "networks" && (
        <NetworksDialog defaultSite={site.name} actions={actions.networks} onClose={close} />
      )}
      {question === "rename" && (
        <RenameSite site={site} renameSite={actions.renameSite} onClose={close} />
      )}
      {question === "remove" && (
        <ConfirmAction
          title={t("remove.title", { site: site.name })}
          description={t("remove.description")}
          confirmLabel={t("actions.remove")}
          isDangerous
          action={actions.removeSite}
          input={{ siteId: site.id }}
          failures={{ invalid_state: t("remove.inUse") }}
          onDone={() => toast.success(t("removed"))}
          onClose={close}
        />
      )}
    </>
  );
}

type RenameSiteProps = Pick<SiteMenuProps, "site"> & {
  readonly renameSite: SiteActions["renameSite"];
  readonly onClose: () => void;
};

function RenameSite({ site, renameSite, onClose }: RenameSiteProps) {
  const t = useTranslations("sites");
  const { isBusy, failure, submit } = useActionForm(renameSite);
  return (
    <SiteNameDialog
      title={t("rename.title", { site: site.name })}
      submitLabel={t("rename.submit")}
      initial={site.name}
      isBusy={isBusy}
      failure={failure}
      onClose={onClose}
      onSubmit={(name) =>
        submit({ siteId: site.id, name }, () => {
          toast.success(t("changed"));
          onClose();
        })
      }
    />
  );
}
