import type { PhoneIdentity, RunningModule } from "#programs/simulator/model";

/** How the phone finds the service: by a configured URL, or by a DNS lookup in its domain. */
export type ServerAddress =
  | { readonly kind: "url"; readonly url: URL }
  | {
      readonly kind: "domain";
      readonly domain: string;
      /** `address` or `address:port`; null uses the DNS servers of the machine. */
      readonly dnsServer: string | null;
      /** Null means 80 inside the firewall and 443 outside. */
      readonly port: number | null;
    };

export type Credentials = { readonly userName: string; readonly password: string };

export type PhoneSide = "internal" | "external";

/** The dialect of a phone: JSON, or the XML of Lync Phone Edition. */
export const PHONE_DIALECTS = ["json", "lync"] as const;
export type PhoneDialect = (typeof PHONE_DIALECTS)[number];

/** Faults that the simulator can show to an administrator. */
export type PhoneFault =
  /** The installed version does not start, and the phone boots its previous version. */
  | "fails_to_install"
  /** The phone sends nothing after it has downloaded the offer. */
  | "vanishes_after_download";

export type PhoneOptions = {
  readonly identity: PhoneIdentity;
  /** The module on a phone that has no state yet. */
  readonly factory: Omit<RunningModule, "sha256">;
  readonly server: ServerAddress;
  readonly side: PhoneSide;
  readonly dialect: PhoneDialect;
  /** Credentials of the signed-in user; sent only outside the firewall and kept only in memory. */
  readonly credentials: Credentials | null;
  /** SIP address of the user whose provisioning document names the update server; null uses `server`. */
  readonly provisionedUser: string | null;
  /** Name of the requested pool; null lets the server choose. */
  readonly pool: string | null;
  /** `check_server` downloads the offered paths from the checked server, for offered URLs that only phones can reach. */
  readonly filesFrom: "offered_url" | "check_server";
  /** Images are stored next to it, in a folder of the same name plus `.images`. */
  readonly stateFile: string;
  /** All waits are divided by this; 1 is the speed of a real phone. */
  readonly timeScale: number;
  /** Stops after one check or, if an update is offered, after one download, restart and check. */
  readonly isOnce: boolean;
  /** Null for a phone without a fault. */
  readonly fault: PhoneFault | null;
  /** PEM of authorities that the phone trusts in addition to the usual ones. */
  readonly trustedAuthorities: string | null;
};
