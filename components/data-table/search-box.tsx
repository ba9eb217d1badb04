"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import type { TableSearch } from "#components/data-table/use-table-search";
import { IconButton } from "#components/ui/button";
import { Icon } from "#components/ui/icon";
import { Input } from "#components/ui/input";

type SearchBoxProps = { readonly search: TableSearch; readonly label: string };

/** The search text of a list. */
export function SearchBox({ search, label }: SearchBoxProps) {
  const t = useTranslations("table");
  const { q } = search.state;
  const inputRef = useRef<HTMLInputElement>(null);
  // What was typed, until the box loses the focus. The URL follows every key, but not in the first moments of a page.
  const [typed, setTyped] = useState<string | null>(null);

  function change(text: string): void {
    if (document.activeElement === inputRef.current) {
      setTyped(text);
    }
    search.searchFor(text);
  }

  const text = typed ?? q;
  return (
    <div role="search" className="relative min-w-0 flex-1 basis-48 max-md:basis-28 md:max-w-64">
      <Icon
        name="search"
        className="pointer-events-none absolute start-2.5 top-1/2 size-4 -translate-y-1/2 text-ink-faint"
      />
      <Input
        ref={inputRef}
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => change(event.target.value)}
        onBlur={() => setTyped(null)}
        className="px-8"
      />
      {text !== "" && (
        <IconButton
          size="sm"
          label={t("clearSearch")}
          onClick={() => change("")}
          className="absolute end-0.5 top-1/2 -translate-y-1/2"
        >
          <Icon name="x" />
        </IconButton>
      )}
    </div>
  );
}
