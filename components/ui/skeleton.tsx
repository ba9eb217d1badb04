import { cn } from "#components/ui/cn";

type SkeletonProps = { readonly className?: string };

/** The place of something that has not been loaded yet. Its region says `aria-busy`; this says nothing. */
export function Skeleton({ className }: SkeletonProps) {
  return <div aria-hidden className={cn("animate-pulse rounded-md bg-sunken", className)} />;
}
