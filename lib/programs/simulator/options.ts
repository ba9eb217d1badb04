import type { PhoneIdentity, RunningModule } from "#programs/simulator/model";

/** Where the phone finds the service: told outright, or by the name it looks up in its domain. */
export type ServerAddress =
  | { readonly kind: "url"; readonly url: URL }
  | {
      readonly kind: "domain";
      readonly domain: string;
      /** `address` or `address:port`; null asks whatever the machine asks. */
      readonly dnsServer: string | null;
      /** Null is 80 inside the firewall and 443 outside. */
      readonly port: number | null;
    };

export type Credentials = { readonly userName: string; readonly password: string };

export type PhoneSide = "internal" | "external";

/** What it speaks: JSON, or the XML of Lync Phone Edition. */
export const PHONE_DIALECTS = ["json", "lync"] as const;
export type PhoneDialect = (typeof PHONE_DIALECTS)[number];

/** What may go wrong with it, so that an administrator sees what that looks like. */
export type PhoneMishap =
  /** Whatever it installs does not start, and it comes back with what it ran before. */
  | "fails_to_install"
  /** It is not heard of again once it has loaded what it was offered. */
  | "vanishes_after_download";

export type PhoneOptions = {
  readonly identity: PhoneIdentity;
  /** What runs on a phone that has no state yet. */
  readonly factory: Omit<RunningModule, "sha256">;
  readonly server: ServerAddress;
  readonly side: PhoneSide;
  readonly dialect: PhoneDialect;
  /** Of the user who signed in; sent outside the firewall alone, and kept in memory alone. */
  readonly credentials: Credentials | null;
  /** SIP address of a user whose provisioning document says where updates are; null asks where the server is. */
  readonly provisionedUser: string | null;
  /** Asks for a pool by name; null leaves it to the server. */
  readonly pool: string | null;
  /** `check_server` fetches the offered paths from the server that was asked, as behind an address that only phones can reach. */
  readonly filesFrom: "offered_url" | "check_server";
  /** Images are kept beside it, in a folder of the same name with `.images`. */
  readonly stateFile: string;
  /** All waits are divided by this; 1 is a phone's own pace. */
  readonly timeScale: number;
  /** One check and, if something is offered, one download, restart and check after it. */
  readonly isOnce: boolean;
  /** Null where all goes well. */
  readonly mishap: PhoneMishap | null;
  /** PEM of authorities the phone trusts besides the usual ones. */
  readonly trustedAuthorities: string | null;
};
