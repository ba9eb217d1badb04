"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { PoolChoice } from "#components/imports/import-dialog";
import { Button } from "#components/ui/button";
import { loadLater } from "#components/ui/load-later";

const ImportDialog = loadLater(() =>
  import("#components/imports/import-dialog").then((module) => module.ImportDialog),
);

type ImportButtonProps = { readonly pools: readonly PoolChoice[] };

/** Opens the import dialog. Only for users who may import. */
export function ImportButton({ pools }: ImportButtonProps) {
  const t = useTranslations("imports.dialog");
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button variant="primary" onClick={() => setIsOpen(true)}>
        <Icon name="upload" />
        {t("open")}
      </Button>
      {isOpen && <ImportDialog pools={pools} onClose={() => setIsOpen(false)} />}
    </>
  );
}
