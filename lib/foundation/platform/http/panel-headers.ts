/**
 * Headers in which the proxy (`proxy.ts`) passes facts about the request to pages. It sets both on every request, so a
 * client cannot.
 */
export const NONCE_HEADER = "x-nonce";
export const PATH_HEADER = "x-path";
