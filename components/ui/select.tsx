import { Icon } from "#components/ui/icon";
import type { ComponentProps } from "react";
import { cn } from "#components/ui/cn";

type SelectProps = Omit<ComponentProps<"select">, "size"> & { readonly size?: "sm" | "md" };

/** A native select, which works with every keyboard and on every mobile device. The options are its children. */
export function Select({ size = "md", className, ...props }: SelectProps) {
  return (
    <span className={cn("select", className)}>
      <select
        className={cn(
          "control cursor-pointer appearance-none ps-2.5 pe-8",
          size === "sm" ? "h-7 text-xs" : "h-8 max-md:h-10 max-md:text-base",
        )}
        {...props}
      />
      <Icon
        name="chevron-down"
        className="pointer-events-none absolute end-2 top-1/2 size-4 -translate-y-1/2 text-ink-faint"
      />
    </span>
  );
}
