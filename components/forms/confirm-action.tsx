"use client";

import { useState } from "react";
import type { ReactNode } from "react";
import { useActionForm } from "#components/forms/use-action-form";
import { Callout } from "#components/ui/callout";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import type { Failure } from "#components/ui/use-failure-text";
import { useFailureText } from "#components/ui/use-failure-text";
import type { ActionResult } from "#access/auth/action-result";

type Question<Input, Value> = {
  /** A question: "Remove pool01?" */
  readonly title: string;
  /** What happens next, in a sentence. */
  readonly description: string;
  /** A verb: "Remove". */
  readonly confirmLabel: string;
  readonly isDangerous?: boolean;
  /** Something required is still missing. */
  readonly isBlocked?: boolean;
  readonly action: (input: Input) => Promise<ActionResult<Value>>;
  readonly input: Input;
  /** What the page knows better about a failure than the sentence for everybody. */
  readonly failures?: Readonly<Partial<Record<Failure["code"], string>>>;
  readonly onDone: (value: Value) => void;
  /** What it is about, or a field for the reason. */
  readonly children?: ReactNode;
};

type ConfirmActionProps<Input, Value> = Question<Input, Value> & { readonly onClose: () => void };

/** Asks before an action runs, and shows in the question why it was refused. Mounted for as long as it is asked. */
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
  const failureText = useFailureText();
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
      {failure !== null && (
        <Callout tone="bad" role="alert">
          {failureText(failure, failures)}
        </Callout>
      )}
    </ConfirmDialog>
  );
}

type ConfirmedButtonProps<Input, Value> = Question<Input, Value> & {
  /** What begins it; `ask` opens the question. */
  readonly trigger: (ask: () => void) => ReactNode;
};

/** A button whose action is asked about first. */
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
