"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { NetworksDialog } from "#components/sites/networks-dialog";
import type { NetworkActions } from "#components/sites/site-actions";
import { Button } from "#components/ui/button";

/** The button for a list of networks in which each line names its site. */
export function ImportNetworks({ actions }: { readonly actions: NetworkActions }) {
  const t = useTranslations("sites");
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>
        <Icon name="download" />
        {t("actions.import")}
      </Button>
      {isOpen && (
        <NetworksDialog defaultSite={null} actions={actions} onClose={() => setIsOpen(false)} />
      )}
    </>
  );
}
