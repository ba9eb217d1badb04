import type { ComponentProps } from "react";
import { cn } from "#components/ui/cn";

type InputProps = ComponentProps<"input">;

export function Input({ className, type = "text", ...props }: InputProps) {
  return (
    <input
      type={type}
      // iOS zooms in on focus if the font is smaller than 16 px.
      className={cn("control h-8 px-2.5 max-md:h-10 max-md:text-base", className)}
      {...props}
    />
  );
}
