import { cn } from "#components/ui/cn";

export const SCRIM_STYLE = cn(
  "fixed inset-0 z-40 bg-scrim",
  "data-[state=closed]:animate-out data-[state=closed]:fade-out-0 data-[state=open]:animate-in data-[state=open]:fade-in-0",
);

export const DIALOG_STYLE = cn(
  "fixed inset-x-0 top-1/2 z-50 mx-auto flex max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] -translate-y-1/2 flex-col rounded-xl border border-line bg-raised shadow-raised",
  "data-[state=closed]:animate-out data-[state=closed]:fade-out-0 data-[state=open]:animate-in data-[state=open]:fade-in-0 data-[state=open]:zoom-in-98",
);
