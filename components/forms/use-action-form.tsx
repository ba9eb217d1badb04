"use client";

import { useState, useTransition } from "react";
import { attemptAction } from "#components/forms/attempt-action";
import type { Failure } from "#components/ui/use-failure-text";
import type { ActionResult } from "#access/auth/action-result";

type ActionForm<Input, Value> = {
  readonly isBusy: boolean;
  /** The error of the last attempt; null while another one is running. */
  readonly failure: Failure | null;
  readonly submit: (input: Input, onDone: (value: Value) => void) => void;
};

/** Runs the action of a form, and holds whether it is running and the error of the last attempt. */
export function useActionForm<Input, Value>(
  action: (input: Input) => Promise<ActionResult<Value>>,
): ActionForm<Input, Value> {
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, startWork] = useTransition();
  return {
    isBusy,
    failure,
    submit: (input, onDone) => {
      setFailure(null);
      startWork(async () => {
        const result = await attemptAction(action, input);
        if (result.ok) {
          onDone(result.value);
        } else {
          setFailure(result);
        }
      });
    },
  };
}
