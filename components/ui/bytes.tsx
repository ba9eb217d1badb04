"use client";

import { useLocale } from "next-intl";
import { formatBytes } from "#foundation/i18n/format-bytes";

type BytesProps = { readonly sizeBytes: number };

export function Bytes({ sizeBytes }: BytesProps) {
  const locale = useLocale();
  return <span className="whitespace-nowrap tabular-nums">{formatBytes(sizeBytes, locale)}</span>;
}
