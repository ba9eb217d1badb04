import type { ComponentProps } from "react";
import { cn } from "#components/ui/cn";

type LabelProps = ComponentProps<"label"> & { readonly htmlFor: string };

export function Label({ className, htmlFor, ...props }: LabelProps) {
  return (
    <label
      htmlFor={htmlFor}
      className={cn("block text-[0.8125rem] font-medium text-ink", className)}
      {...props}
    />
  );
}
