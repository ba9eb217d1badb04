import type { ReactNode } from "react";
import { cn } from "#components/ui/cn";

type CodeProps = {
  /** Long values break anywhere instead of widening the page. */
  readonly isBreaking?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
};

/** Versions, digests, addresses: what is compared digit by digit. */
export function Code({ isBreaking, className, children }: CodeProps) {
  return (
    <code
      className={cn(
        "font-mono text-[0.8125rem] tabular-nums",
        isBreaking === true ? "wrap-anywhere" : "whitespace-nowrap",
        className,
      )}
    >
      {children}
    </code>
  );
}
