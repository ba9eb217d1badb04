import { cva } from "class-variance-authority";
import type { VariantProps } from "class-variance-authority";
import { LoaderCircle } from "#components/ui/icons";
import Link from "next/link";
import type { ComponentProps } from "react";
import { cn } from "#components/ui/cn";

const buttonStyle = cva(
  [
    "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap select-none",
    "transition-colors duration-100 [&_svg]:size-4 [&_svg]:shrink-0",
    "disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55",
  ],
  {
    variants: {
      variant: {
        primary: "bg-accent text-on-accent shadow-xs not-disabled:hover:bg-accent-hover",
        secondary:
          "border border-line-strong bg-surface text-ink shadow-xs not-disabled:hover:bg-sunken dark:border-line-strong",
        ghost: "text-ink-muted not-disabled:hover:bg-sunken not-disabled:hover:text-ink",
        danger: "bg-bad text-on-bad shadow-xs not-disabled:hover:bg-bad-hover",
        dangerGhost: "text-bad-ink not-disabled:hover:bg-bad-soft",
        link: "text-accent-ink underline-offset-4 hover:underline",
      },
      size: {
        sm: "h-7 px-2.5 text-xs",
        md: "h-8 px-3 text-sm max-md:h-9",
        lg: "h-10 px-4 text-sm",
        inline: "h-auto p-0",
      },
    },
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

type ButtonStyle = VariantProps<typeof buttonStyle>;

type ButtonProps = ComponentProps<"button"> &
  ButtonStyle & {
    /** Shows that the action of this button is running, and prevents a second start. */
    readonly isBusy?: boolean;
  };

export function Button({
  variant,
  size,
  isBusy = false,
  type = "button",
  disabled,
  className,
  children,
  ...props
}: ButtonProps) {
  return (
    <button
      type={type}
      disabled={disabled === true || isBusy}
      aria-busy={isBusy || undefined}
      className={cn(buttonStyle({ variant, size }), className)}
      {...props}
    >
      {isBusy && <LoaderCircle aria-hidden className="animate-spin" />}
      {children}
    </button>
  );
}

type ButtonLinkProps = ComponentProps<typeof Link> & ButtonStyle;

export function ButtonLink({ variant, size, className, ...props }: ButtonLinkProps) {
  return <Link className={cn(buttonStyle({ variant, size }), className)} {...props} />;
}

type IconButtonProps = Omit<ButtonProps, "aria-label" | "size"> & {
  /** The accessible name. The button has no visible text. */
  readonly label: string;
  readonly size?: "sm" | "md";
};

export function IconButton({
  label,
  size = "md",
  variant = "ghost",
  className,
  ...props
}: IconButtonProps) {
  return (
    <Button
      aria-label={label}
      variant={variant}
      className={cn("px-0", size === "sm" ? "size-7" : "size-8 max-md:size-9", className)}
      {...props}
    />
  );
}
