import { cn } from "#components/ui/cn";

export const POPOVER_STYLE = cn(
  "z-50 rounded-lg border border-line bg-raised shadow-raised",
  "data-[state=closed]:animate-out data-[state=closed]:fade-out-0 data-[state=open]:animate-in data-[state=open]:fade-in-0",
);
