"use client";

import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { TableSearch } from "#components/data-table/use-table-search";
import { IconButton } from "#components/ui/button";
import { Icon } from "#components/ui/icon";
import { Input } from "#components/ui/input";

type SearchBoxProps = { readonly search: TableSearch; readonly label: string };

/** The search text of a list. What is typed while the page's scripts load is kept and searched for. */
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

  const takeEarlyText = useEffectEvent(() => {
    const text = inputRef.current?.value ?? q;
    if (text !== q) {
      change(text);
    }
  });

  // Synchronises with the text that was typed before React took over the input.
  useEffect(() => takeEarlyText(), []);

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
