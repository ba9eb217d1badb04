import { Link } from "#components/ui/link";
import type { ComponentProps } from "react";
import { buttonStyle } from "#components/ui/button";
import type { ButtonStyle } from "#components/ui/button";
import { cn } from "#components/ui/cn";

type ButtonLinkProps = ComponentProps<typeof Link> & ButtonStyle;

/** A link to another page of the panel that looks like a button. */
export function ButtonLink({ variant, size, className, ...props }: ButtonLinkProps) {
  return <Link className={cn(buttonStyle({ variant, size }), className)} {...props} />;
}
