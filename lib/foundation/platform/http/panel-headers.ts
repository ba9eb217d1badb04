/** How the proxy tells pages about the request. It sets both on every request, so a client cannot. */
export const NONCE_HEADER = "x-nonce";
export const PATH_HEADER = "x-path";
