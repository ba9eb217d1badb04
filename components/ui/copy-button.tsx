"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { IconButton } from "#components/ui/button";

const SHOWN_MS = 1_500;

type CopyButtonProps = {
  readonly text: string;
  /** The name of the copied value, such as "digest". The button's name is then "Copy digest". */
  readonly what: string;
};

export function CopyButton({ text, what }: CopyButtonProps) {
  const t = useTranslations("common");
  const [isCopied, setIsCopied] = useState(false);

  // Synchronises with the clock: the check mark disappears after a while.
  useEffect(() => {
    if (!isCopied) {
      return;
    }
    const timer = setTimeout(() => setIsCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);

  return (
    <>
      <IconButton
        size="sm"
        label={t("copy", { what })}
        onClick={async () => {
          await navigator.clipboard.writeText(text);
          setIsCopied(true);
        }}
      >
        {isCopied ? <Icon name="check" className="text-good-ink" /> : <Icon name="copy" />}
      </IconButton>
      <span role="status" className="sr-only">
        {isCopied ? t("copied") : ""}
      </span>
    </>
  );
}
