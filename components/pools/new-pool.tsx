"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "#components/ui/toast";
import { PoolDialog } from "#components/pools/pool-dialog";
import { Button } from "#components/ui/button";
import { useActionForm } from "#components/forms/use-action-form";
import type { ActionResult } from "#access/auth/action-result";
import { DEFAULT_BRAKE } from "#fleet/pools/brake";
import type { Pool } from "#fleet/pools/model";
import type { CreatePoolInput } from "#fleet/pools/schema";

const BLANK: CreatePoolInput = {
  fqdn: "",
  siteName: "",
  internalBaseUrl: "",
  externalBaseUrl: "",
  sipDomains: [],
  isDefault: false,
  ...DEFAULT_BRAKE,
};

type NewPoolProps = {
  readonly siteNames: readonly string[];
  readonly createPool: (input: CreatePoolInput) => Promise<ActionResult<Pool>>;
};

export function NewPool(props: NewPoolProps) {
  const t = useTranslations("pools.actions");
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button variant="primary" onClick={() => setIsOpen(true)}>
        <Icon name="plus" />
        {t("new")}
      </Button>
      {isOpen && <NewPoolDialog {...props} onClose={() => setIsOpen(false)} />}
    </>
  );
}

function NewPoolDialog({
  siteNames,
  createPool,
  onClose,
}: NewPoolProps & { readonly onClose: () => void }) {
  const t = useTranslations("pools");
  const { isBusy, failure, submit } = useActionForm(createPool);
  return (
    <PoolDialog
      title={t("new.title")}
      submitLabel={t("new.submit")}
      initial={BLANK}
      isDefaultFixed={false}
      siteNames={siteNames}
      isBusy={isBusy}
      failure={failure}
      onClose={onClose}
      onSubmit={(input) =>
        submit(input, () => {
          toast.success(t("created"));
          onClose();
        })
      }
    />
  );
}
