import type { ReactNode } from "react";

type KbdProps = { readonly children: ReactNode };

export function Kbd({ children }: KbdProps) {
  return (
    <kbd className="inline-flex h-5 min-w-5 items-center justify-center rounded border border-line bg-sunken px-1 font-sans text-2xs text-ink-muted">
      {children}
    </kbd>
  );
}
