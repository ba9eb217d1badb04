/** A secret that a phone outside the firewall sends instead of a user's name and password. */
export type DeviceToken = {
  readonly id: string;
  readonly name: string;
  /** Upper-case hex digits of the phone that the token is bound to; null if several phones share it. */
  readonly macAddress: string | null;
  readonly createdAt: Date;
  readonly createdBy: string;
  /** Null: never. */
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
};

/** The prefix of every secret, so that people and secret scanners recognise a leaked one. */
export const SECRET_PREFIX = "ucd_";

/** The user name with which a phone that knows only Basic sends a token as its password. */
export const TOKEN_USER_NAME = "token";
