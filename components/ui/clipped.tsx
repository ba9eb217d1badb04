import { cn } from "#components/ui/cn";

type ClippedProps = {
  readonly text: string;
  /** Shown on hover; the text if absent. */
  readonly title?: string;
  /** Its maximal width on a wide screen. */
  readonly className?: string;
};

/** Text of one line in a table, so that one long value does not take the width of the others. All of it on hover. */
export function Clipped({
  text,
  title = text,
  className = "md:max-w-36 2xl:max-w-64",
}: ClippedProps) {
  return (
    <span title={title} className={cn("block wrap-anywhere md:truncate", className)}>
      {text}
    </span>
  );
}
