type TextBlockProps = {
  /** What the text is, for who cannot see where it stands. */
  readonly label: string;
  readonly text: string;
};

/** Raw text as it is, scrolled inside its own frame so that it never widens the page. */
export function TextBlock({ label, text }: TextBlockProps) {
  return (
    <pre
      role="region"
      aria-label={label}
      // Who has no mouse scrolls it with the keyboard.
      tabIndex={0}
      className="max-h-[32rem] overflow-auto rounded-md border border-line bg-sunken p-3 font-mono text-xs leading-relaxed"
    >
      {text}
    </pre>
  );
}
