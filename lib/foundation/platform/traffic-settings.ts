import { optional, wholeNumber } from "#foundation/platform/setting-kinds";

/** Limits for one sender, for one side of the firewall, and for one request. */
export const trafficSettings = {
  // How long a request may take to arrive, with its body. Uploads have their own limits, once the sender is known.
  REQUEST_TIMEOUT_SECONDS: optional(wholeNumber(1, 3_600)).transform((value) => value ?? 30),
  UPLOAD_TIMEOUT_SECONDS: optional(wholeNumber(1, 86_400)).transform((value) => value ?? 7_200),
  LOG_UPLOAD_TIMEOUT_SECONDS: optional(wholeNumber(1, 86_400)).transform((value) => value ?? 300),
  // On each side. An office behind NAT is one address; a proxy in TRUSTED_PROXIES is not limited.
  MAX_CONNECTIONS: optional(wholeNumber(1, 1_000_000)).transform((value) => value ?? 10_000),
  MAX_CONNECTIONS_PER_ADDRESS: optional(wholeNumber(1, 1_000_000)).transform(
    (value) => value ?? 2_500,
  ),
  // Images that are being sent, on each side. The address is that of the phone, also behind a proxy in TRUSTED_PROXIES.
  MAX_TRANSFERS: optional(wholeNumber(1, 100_000)).transform((value) => value ?? 1_000),
  MAX_TRANSFERS_PER_ADDRESS: optional(wholeNumber(1, 100_000)).transform((value) => value ?? 250),
  // A transfer that is slower than this over the window is ended; 0 allows any rate.
  MIN_TRANSFER_BYTES_PER_SECOND: optional(wholeNumber(0, 1_000_000_000)).transform(
    (value) => value ?? 2_048,
  ),
  TRANSFER_WINDOW_SECONDS: optional(wholeNumber(1, 3_600)).transform((value) => value ?? 30),
};
