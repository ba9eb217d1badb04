"use client";

import { loadLater } from "#components/ui/load-later";
import type { DialogProps } from "#components/ui/loaded-dialog";
import { useHasBeen } from "#components/ui/use-has-been";

const LoadedDialog = loadLater(() =>
  import("#components/ui/loaded-dialog").then((module) => module.LoadedDialog),
);

/** A modal dialog, loaded when it is first opened. Its owner holds the open state. */
export function Dialog(props: DialogProps) {
  return useHasBeen(props.isOpen) ? <LoadedDialog {...props} /> : null;
}
