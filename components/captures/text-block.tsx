type TextBlockProps = {
  /** The accessible name of the text. */
  readonly label: string;
  readonly text: string;
};

/** Raw text in a scrollable frame, so that it never widens the page. */
export function TextBlock({ label, text }: TextBlockProps) {
  return (
    <pre
      role="region"
      aria-label={label}
      // Focusable, so that it can be scrolled with the keyboard.
      tabIndex={0}
      className="max-h-[32rem] overflow-auto rounded-md border border-line bg-sunken p-3 font-mono text-xs leading-relaxed"
    >
      {text}
    </pre>
  );
}
