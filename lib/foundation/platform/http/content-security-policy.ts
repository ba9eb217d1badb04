/**
 * What the package "sonner" writes into a style element when it is loaded; it offers no way to pass a nonce. A test
 * compares this with the installed package, so an update that changes the text is noticed.
 */
export const SONNER_STYLE_HASH = "sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY=";

/** Nothing at all (RFC 4634's digest of no bytes): "sonner" adds its element while that is still empty. */
const EMPTY_STYLE_HASH = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

type PolicyOptions = {
  /** Fresh for every response, and in no other place than this response. */
  readonly nonce: string;
  /** The panel is reached through https. */
  readonly isHttps: boolean;
  readonly isDevelopment: boolean;
};

/** What pages of the panel may load, run and be embedded in (W3C Content Security Policy Level 3). */
export function contentSecurityPolicy({ nonce, isHttps, isDevelopment }: PolicyOptions): string {
  const policy: Readonly<Record<string, readonly string[]>> = {
    "default-src": ["'self'"],
    // Whatever a script with the nonce loads is trusted as well; that is how Next loads its chunks.
    "script-src": [
      "'self'",
      `'nonce-${nonce}'`,
      "'strict-dynamic'",
      // React rebuilds the server's stack traces with eval while developing, never in production.
      ...(isDevelopment ? ["'unsafe-eval'"] : []),
    ],
    "style-src": isDevelopment
      ? // The development overlay brings its own style elements, and a nonce would switch this off.
        ["'self'", "'unsafe-inline'"]
      : ["'self'", `'nonce-${nonce}'`, `'${EMPTY_STYLE_HASH}'`, `'${SONNER_STYLE_HASH}'`],
    // Attributes cannot carry a nonce, and what the server renders for progress bars and menus has some. They can
    // move and colour things, but neither run code nor load anything that the directives here do not allow.
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
