import type { ReactNode } from "react";
import { cn } from "#components/ui/cn";

type CodeProps = {
  /** Long values break anywhere instead of widening the page. */
  readonly isBreaking?: boolean;
  readonly children: ReactNode;
};

/** For versions, digests and addresses, which are compared character by character. */
export function Code({ isBreaking, children }: CodeProps) {
  return (
    <code className={cn("mono", isBreaking === true ? "wrap-anywhere" : "whitespace-nowrap")}>
      {children}
    </code>
  );
}
