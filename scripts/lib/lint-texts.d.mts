/** A rule for `no-restricted-syntax`. */
type SyntaxRule = { readonly selector: string; readonly message: string };

export const TEXT_RULES: SyntaxRule[];
