"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { SiteNameDialog } from "#components/sites/site-name-dialog";
import { useActionForm } from "#components/forms/use-action-form";
import { Button } from "#components/ui/button";
import { toast } from "#components/ui/toast";
import type { ActionResult } from "#access/auth/action-result";
import type { CreateSiteInput } from "#fleet/sites/schema";

type NewSiteProps = {
  readonly createSite: (input: CreateSiteInput) => Promise<ActionResult<null>>;
};

export function NewSite({ createSite }: NewSiteProps) {
  const t = useTranslations("sites");
  const [isOpen, setIsOpen] = useState(false);
  const { isBusy, failure, submit } = useActionForm(createSite);
  const close = () => setIsOpen(false);
  return (
    <>
      <Button variant="primary" onClick={() => setIsOpen(true)}>
        <Icon name="plus" />
        {t("actions.new")}
      </Button>
      {isOpen && (
        <SiteNameDialog
          title={t("new.title")}
          submitLabel={t("new.submit")}
          initial=""
          isBusy={isBusy}
          failure={failure}
          onClose={close}
          onSubmit={(name) =>
            submit({ name }, () => {
              toast.success(t("created"));
              close();
            })
          }
        />
      )}
    </>
  );
}
