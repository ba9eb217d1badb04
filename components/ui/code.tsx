import type { ReactNode } from "react";
import { cn } from "#components/ui/cn";

type CodeProps = {
  /** Long values break anywhere instead of widening the page. */
  readonly isBreaking?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
};

/** For versions, digests and addresses, which are compared character by character. */
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
