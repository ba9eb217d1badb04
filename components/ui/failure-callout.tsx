"use client";

import type { ReactNode } from "react";
import { Callout } from "#components/ui/callout";
import type { Failure, OwnTexts } from "#components/ui/use-failure-text";
import { useFailureMessage } from "#components/ui/use-failure-text";

type AlertProps = { readonly title?: ReactNode; readonly children: ReactNode };

/**
 * An error that has just occurred. It scrolls into view when it appears, because the button that was pressed may be far below
 * it. The next attempt removes it first: an equal error would otherwise be neither seen nor read out.
 */
export function Alert({ title, children }: AlertProps) {
  return (
    <div ref={scrollIntoView}>
      <Callout tone="bad" role="alert" title={title}>
        {children}
      </Callout>
    </div>
  );
}

function scrollIntoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: "nearest" });
}

type FailureCalloutProps = {
  /** The error of the last attempt; null if there is none. */
  readonly failure: Failure | null;
  readonly title?: ReactNode;
  /** Messages of this page that replace the general ones for some error codes. */
  readonly own?: OwnTexts;
};

/** The error of a form's last attempt, above its fields. */
export function FailureCallout({ failure, title, own }: FailureCalloutProps) {
  const failureMessage = useFailureMessage();
  return failure === null ? null : <Alert title={title}>{failureMessage(failure, own)}</Alert>;
}
