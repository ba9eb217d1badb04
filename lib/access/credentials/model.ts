/** Somebody with a name and a password: here, in the directory or in the domain. */
export type UserCaller = {
  readonly kind: "user";
  /** As the phone named them. */
  readonly name: string;
  /** What the directory says, without `sip:`, in lower case; null where it says nothing or was not asked. */
  readonly sipAddress: string | null;
};

/** A phone with a token. It is of no user, whatever somebody called it. */
export type TokenCaller = {
  readonly kind: "device_token";
  readonly name: string;
  /** The one phone that the token is for; null where any phone may bring it. */
  readonly macAddress: string | null;
};

/** Whose credentials a phone outside the firewall brought. */
export type Caller = UserCaller | TokenCaller;

export type CallerCheck =
  | { readonly outcome: "valid"; readonly caller: Caller }
  /** Half of a handshake: the phone is to answer this on the same connection. */
  | { readonly outcome: "challenge"; readonly token: string }
  | { readonly outcome: "missing" }
  | { readonly outcome: "invalid" }
  | { readonly outcome: "throttled"; readonly retryAfterSeconds: number };
