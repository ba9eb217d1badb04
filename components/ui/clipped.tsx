import { cn } from "#components/ui/cn";

type ClippedProps = {
  readonly text: string;
  /** Shown on hover; the text if absent. */
  readonly title?: string;
  /** `--narrowest` is the width to which a wide screen clips it at most. */
  readonly className?: string;
};

/**
 * Text of one line in a table. It is clipped only where the table has no room for it, so that one long value does not take
 * the width of the others. All of it on hover.
 */
export function Clipped({ text, title = text, className }: ClippedProps) {
  return (
    <span title={title} data-text={text} className={cn("clipped", className)}>
      <span className="md:grid md:grid-cols-[minmax(0,max-content)]">
        {/* In its own direction: a Latin name is clipped at its end in Arabic too. */}
        <bdi className="md:truncate">{text}</bdi>
      </span>
    </span>
  );
}
