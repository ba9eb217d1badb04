import type { ComponentProps } from "react";
import { cn } from "#components/ui/cn";

export const CONTROL_STYLE = cn(
  "w-full rounded-md border border-line-strong bg-surface text-sm text-ink shadow-xs transition-colors",
  "text-ellipsis placeholder:text-ink-faint hover:border-line-control",
  "focus-visible:border-focus focus-visible:outline-2 focus-visible:-outline-offset-1 focus-visible:outline-focus",
  "disabled:cursor-not-allowed disabled:bg-sunken disabled:opacity-70",
  "aria-invalid:border-bad aria-invalid:focus-visible:outline-bad",
);

type InputProps = ComponentProps<"input">;

export function Input({ className, type = "text", ...props }: InputProps) {
  return (
    <input
      type={type}
      // iOS zooms in on focus if the font is smaller than 16 px.
      className={cn(CONTROL_STYLE, "h-8 px-2.5 max-md:h-10 max-md:text-base", className)}
      {...props}
    />
  );
}
