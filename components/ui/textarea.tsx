import type { ComponentProps } from "react";
import { cn } from "#components/ui/cn";

type TextareaProps = ComponentProps<"textarea">;

export function Textarea({ className, rows = 3, ...props }: TextareaProps) {
  return (
    <textarea
      rows={rows}
      className={cn("control control-typed px-2.5 py-1.5", className)}
      {...props}
    />
  );
}
