/** Whose credentials a phone outside the firewall brought. */
export type Caller = {
  /** The user, as the phone named them; of a device token, its name. */
  readonly name: string;
  /** The one phone that the credentials are for; null where any phone may bring them. */
  readonly macAddress: string | null;
};

export type CallerCheck =
  | { readonly outcome: "valid"; readonly caller: Caller }
  /** Half of a handshake: the phone is to answer this on the same connection. */
  | { readonly outcome: "challenge"; readonly token: string }
  | { readonly outcome: "missing" }
  | { readonly outcome: "invalid" }
  | { readonly outcome: "throttled"; readonly retryAfterSeconds: number };
