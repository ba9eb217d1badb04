import { Icon } from "#components/ui/icon";
import type { ComponentProps, MouseEvent } from "react";
import { cn } from "#components/ui/cn";

const VARIANTS = {
  primary: "button-primary",
  secondary: "button-secondary",
  ghost: "button-ghost",
  danger: "button-danger",
  dangerGhost: "button-danger-ghost",
  link: "text-accent-ink underline-offset-4 hover:underline",
  filter:
    "border border-line-strong bg-surface font-normal text-ink-muted shadow-xs not-disabled:hover:bg-sunken",
  filterChosen:
    "border border-accent-line bg-accent-soft font-normal text-ink shadow-xs not-disabled:hover:bg-sunken",
} as const;

const SIZES = {
  sm: "h-7 px-2.5 text-xs",
  md: "h-8 px-3 text-sm max-md:h-9",
  lg: "h-10 px-4 text-sm",
  inline: "h-auto p-0",
  icon: "size-8 text-sm max-md:size-9",
  iconSm: "size-7 text-sm",
} as const;

export type ButtonStyle = {
  readonly variant?: keyof typeof VARIANTS | undefined;
  readonly size?: keyof typeof SIZES | undefined;
};

export function buttonStyle({ variant = "secondary", size = "md" }: ButtonStyle): string {
  return cn("button", VARIANTS[variant], SIZES[size]);
}

type ButtonProps = ComponentProps<"button"> &
  ButtonStyle & {
    /** Shows that the action of this button is running, and prevents a second start. The button keeps the focus. */
    readonly isBusy?: boolean;
  };

export function Button({
  variant,
  size,
  isBusy = false,
  type = "button",
  className,
  children,
  ...props
}: ButtonProps) {
  // A disabled button would lose the focus, so a busy one only ignores clicks, also those of Enter in a form.
  const busy = {
    "aria-busy": true,
    "aria-disabled": true,
    onClick: (event: MouseEvent) => event.preventDefault(),
  };
  return (
    <button
      type={type}
      className={cn(buttonStyle({ variant, size }), className)}
      {...props}
      {...(isBusy ? busy : {})}
    >
      {isBusy && <Icon name="loader-circle" className="animate-spin" />}
      {children}
    </button>
  );
}

type IconButtonProps = Omit<ButtonProps, "aria-label" | "size"> & {
  /** The accessible name. The button has no visible text. */
  readonly label: string;
  readonly size?: "sm" | "md";
};

export function IconButton({ label, size = "md", variant = "ghost", ...props }: IconButtonProps) {
  return (
    <Button
      aria-label={label}
      variant={variant}
      size={size === "sm" ? "iconSm" : "icon"}
      {...props}
    />
  );
}
