"use client";

import { useState } from "react";
import type { ReactNode } from "react";
import { useActionForm } from "#components/forms/use-action-form";
import { FailureCallout } from "#components/ui/failure-callout";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import type { Failure } from "#components/ui/use-failure-text";
import type { ActionResult } from "#access/auth/action-result";

type Question<Input, Value> = {
  /** A question: "Remove pool01?" */
  readonly title: string;
  /** A sentence that says what will happen. */
  readonly description: string;
  /** A verb: "Remove". */
  readonly confirmLabel: string;
  readonly isDangerous?: boolean;
  /** A required value is still missing. */
  readonly isBlocked?: boolean;
  readonly action: (input: Input) => Promise<ActionResult<Value>>;
  readonly input: Input;
  /** Messages of this page that replace the general ones for some error codes. */
  readonly failures?: Readonly<Partial<Record<Failure["code"], string>>>;
  readonly onDone: (value: Value) => void;
  /** What the action changes, or a field for the reason. */
  readonly children?: ReactNode;
};

type ConfirmActionProps<Input, Value> = Question<Input, Value> & { readonly onClose: () => void };

/** Asks before an action runs, and shows its error in the dialog. It is mounted only while the dialog is open. */
export function ConfirmAction<Input, Value>({
  title,
  description,
  confirmLabel,
  isDangerous = false,
  isBlocked = false,
  action,
  input,
  failures = {},
  onDone,
  onClose,
  children,
}: ConfirmActionProps<Input, Value>) {
  const { isBusy, failure, submit } = useActionForm(action);
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={title}
      description={description}
      confirmLabel={confirmLabel}
      isDangerous={isDangerous}
      isBusy={isBusy}
      isBlocked={isBlocked}
      onConfirm={() =>
        submit(input, (value) => {
          onClose();
          onDone(value);
        })
      }
    >
      {children}
      <FailureCallout failure={failure} own={failures} />
    </ConfirmDialog>
  );
}

type ConfirmedButtonProps<Input, Value> = Question<Input, Value> & {
  /** Renders the button; `ask` opens the dialog. */
  readonly trigger: (ask: () => void) => ReactNode;
};

/** A button that asks for confirmation before its action runs. */
export function ConfirmedButton<Input, Value>({
  trigger,
  ...question
}: ConfirmedButtonProps<Input, Value>) {
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      {trigger(() => setIsAsking(true))}
      {isAsking && <ConfirmAction {...question} onClose={() => setIsAsking(false)} />}
    </>
  );
}
