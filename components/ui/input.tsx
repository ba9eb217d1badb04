import type { ComponentProps } from "react";
import { cn } from "#components/ui/cn";

type InputProps = ComponentProps<"input">;

export function Input({ className, type = "text", ...props }: InputProps) {
  return (
    <input
      type={type}
      className={cn("control control-input control-typed", className)}
      {...props}
    />
  );
}
