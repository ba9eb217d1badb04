type LogoProps = { readonly size?: number };

/** A desk phone that takes something new from above. Decoration: the name stands beside it. */
export function Logo({ size = 28 }: LogoProps) {
  return (
    <svg aria-hidden width={size} height={size} viewBox="0 0 32 32" fill="none">
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <g className="stroke-on-accent" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round">
        <path d="M16 5.5v8M12.75 10.5 16 13.75l3.25-3.25" />
        <path d="M10.5 9.5H9a2.5 2.5 0 0 0-2.5 2.5v12A2.5 2.5 0 0 0 9 26.5h14a2.5 2.5 0 0 0 2.5-2.5V12A2.5 2.5 0 0 0 23 9.5h-1.5" />
        <path d="M11.5 18.5h.01M16 18.5h.01M20.5 18.5h.01M11.5 22.25h.01M16 22.25h.01M20.5 22.25h.01" />
      </g>
    </svg>
  );
}
