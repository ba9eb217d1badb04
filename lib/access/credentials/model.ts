/** A user with a name and a password in the accounts, the directory or the domain. */
export type UserCaller = {
  readonly kind: "user";
  /** The name as the phone sent it. */
  readonly name: string;
  /** From the directory, without `sip:`, in lower case; null if the entry has none or the directory was not asked. */
  readonly sipAddress: string | null;
};

/** A phone with a token. It belongs to no user, even if the token is named like one. */
export type TokenCaller = {
  readonly kind: "device_token";
  readonly name: string;
  /** The phone that the token is bound to; null if any phone may use it. */
  readonly macAddress: string | null;
};

/** The owner of the credentials that a phone outside the firewall sent. */
export type Caller = UserCaller | TokenCaller;

export type CallerCheck =
  | { readonly outcome: "valid"; readonly caller: Caller }
  /** The first half of a handshake: the phone must answer the token on the same connection. */
  | { readonly outcome: "challenge"; readonly token: string }
  | { readonly outcome: "missing" }
  | { readonly outcome: "invalid" }
  | { readonly outcome: "throttled"; readonly retryAfterSeconds: number };
