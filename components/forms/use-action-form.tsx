"use client";

import { useState, useTransition } from "react";
import type { Failure } from "#components/ui/use-failure-text";
import type { ActionResult } from "#access/auth/action-result";

type ActionForm<Input, Value> = {
  readonly isBusy: boolean;
  /** Why the last attempt was refused. */
  readonly failure: Failure | null;
  readonly submit: (input: Input, onDone: (value: Value) => void) => void;
};

/** Runs a form's action: whether it is under way, and what was wrong with the last attempt. */
export function useActionForm<Input, Value>(
  action: (input: Input) => Promise<ActionResult<Value>>,
): ActionForm<Input, Value> {
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, startWork] = useTransition();
  return {
    isBusy,
    failure,
    submit: (input, onDone) =>
      startWork(async () => {
        const result = await action(input);
        setFailure(result.ok ? null : result);
        if (result.ok) {
          onDone(result.value);
        }
      }),
  };
}
