"use client";

import { loadLater } from "#components/ui/load-later";
import type { ConfirmDialogProps } from "#components/ui/loaded-confirm-dialog";
import { useHasBeen } from "#components/ui/use-has-been";

const LoadedConfirmDialog = loadLater(() =>
  import("#components/ui/loaded-confirm-dialog").then((module) => module.LoadedConfirmDialog),
);

/**
 * Asks for confirmation, loaded when it is first opened. It stays open while `isBusy`, so that it can show an error; its owner closes it. Enter in a field
 * confirms.
 */
export function ConfirmDialog(props: ConfirmDialogProps) {
  return useHasBeen(props.isOpen) ? <LoadedConfirmDialog {...props} /> : null;
}
