import { cn } from "#components/ui/cn";

type SkeletonProps = { readonly className?: string };

/** A placeholder for content that is loading. Hidden from screen readers: the surrounding region has `aria-busy`. */
export function Skeleton({ className }: SkeletonProps) {
  return <div aria-hidden className={cn("skeleton", className)} />;
}
