import { cn } from "#components/ui/cn";

export const SCRIM_STYLE = cn(
  "fixed inset-0 z-50 bg-scrim",
  "data-[state=closed]:animate-out data-[state=closed]:fade-out-0 data-[state=open]:animate-in data-[state=open]:fade-in-0",
);

export const DIALOG_STYLE = cn(
  "dialog",
  "data-[state=closed]:animate-out data-[state=closed]:fade-out-0 data-[state=open]:animate-in data-[state=open]:fade-in-0 data-[state=open]:zoom-in-98",
);
