/** A secret with which a phone outside the firewall identifies itself instead of a user's name and password. */
export type DeviceToken = {
  readonly id: string;
  readonly name: string;
  /** Upper-case hex digits of the one phone it is for; null where several phones share it. */
  readonly macAddress: string | null;
  readonly createdAt: Date;
  readonly createdBy: string;
  /** Null never ends. */
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
};

/** What every secret begins with, so that people and scanners recognise one where it does not belong. */
export const SECRET_PREFIX = "ucd_";

/** The user name with which a phone that knows only Basic sends a token as its password. */
export const TOKEN_USER_NAME = "token";
