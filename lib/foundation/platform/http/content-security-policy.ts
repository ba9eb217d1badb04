/**
 * The hash of the style element that the package "sonner" inserts when it is loaded; it has no option for a nonce. A
 * test compares this with the installed package, so an update that changes the style is noticed.
 */
export const SONNER_STYLE_HASH = "sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY=";

/**
 * The hash of an empty style (the SHA-256 digest of no bytes, RFC 4634): "sonner" inserts its element before it adds
 * the text.
 */
const EMPTY_STYLE_HASH = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

type PolicyOptions = {
  /** Random for every response, and used only in this response. */
  readonly nonce: string;
  /** Whether the browser reached the panel over HTTPS. */
  readonly isHttps: boolean;
  readonly isDevelopment: boolean;
};

/** What pages of the panel may load and run, and where they may be embedded (W3C Content Security Policy Level 3). */
export function contentSecurityPolicy({ nonce, isHttps, isDevelopment }: PolicyOptions): string {
  const policy: Readonly<Record<string, readonly string[]>> = {
    "default-src": ["'self'"],
    // Scripts that a script with the nonce loads are trusted as well; Next loads its chunks in this way.
    "script-src": [
      "'self'",
      `'nonce-${nonce}'`,
      "'strict-dynamic'",
      // React rebuilds the server's stack traces with eval during development, but never in production.
      ...(isDevelopment ? ["'unsafe-eval'"] : []),
    ],
    "style-src": isDevelopment
      ? // The development overlay adds its own style elements; a nonce would disable 'unsafe-inline'.
        ["'self'", "'unsafe-inline'"]
      : ["'self'", `'nonce-${nonce}'`, `'${EMPTY_STYLE_HASH}'`, `'${SONNER_STYLE_HASH}'`],
    // Attributes cannot have a nonce, and the server renders some for progress bars and menus. They can change position
    // and colour, but can neither run code nor load anything that the other directives forbid.
    "style-src-attr": ["'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "object-src": ["'none'"],
    "frame-src": ["'none'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    ...(isHttps ? { "upgrade-insecure-requests": [] } : {}),
  };
  return Object.entries(policy)
    .map(([directive, sources]) => [directive, ...sources].join(" "))
    .join("; ");
}
