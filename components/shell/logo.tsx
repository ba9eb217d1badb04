type LogoProps = { readonly size?: number };

/** A desk phone with an arrow into it. Decorative, because the name is beside it. */
export function Logo({ size = 28 }: LogoProps) {
  return (
    <svg aria-hidden width={size} height={size} viewBox="0 0 32 32" fill="none">
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <rect x="5.5" y="7" width="5" height="18" rx="2.5" className="fill-on-accent" />
      <g className="stroke-on-accent" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round">
        <rect x="13.5" y="8" width="13" height="16" rx="2.5" />
        <path d="M20 11v5.5M17.5 14.25 20 16.75l2.5-2.5M17.25 20.5h.01M20 20.5h.01M22.75 20.5h.01" />
      </g>
    </svg>
  );
}
