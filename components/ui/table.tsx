import type { ComponentProps } from "react";
import { cn } from "#components/ui/cn";
import { Isolated } from "#components/ui/isolated";

type TableProps = ComponentProps<"table"> & {
  /** What the table lists. Only for screen readers. */
  readonly caption: string;
};

/** A plain table for a short list that needs no sorting, filters or pages. For those, use the data table. */
export function Table({ caption, className, children, ...props }: TableProps) {
  return (
    // Focusable, so that it can be scrolled with the keyboard. Not a landmark: its section is one, often with the same name.
    <div role="group" aria-label={caption} tabIndex={0} className="overflow-x-auto">
      <table
        className={cn("w-full border-collapse text-start text-[0.8125rem]", className)}
        {...props}
      >
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </div>
  );
}

export function TableHead({ className, ...props }: ComponentProps<"th">) {
  return <th scope="col" className={cn("plain-head", className)} {...props} />;
}

export function TableRow({ className, ...props }: ComponentProps<"tr">) {
  return <tr className={cn("plain-row", className)} {...props} />;
}

export function TableCell({ className, children, ...props }: ComponentProps<"td">) {
  return (
    <td className={cn("plain-cell", className)} {...props}>
      <Isolated>{children}</Isolated>
    </td>
  );
}
