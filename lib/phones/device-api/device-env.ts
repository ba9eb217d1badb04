import type { IncomingMessage, ServerResponse } from "node:http";
import type { Context } from "hono";
import type { Caller } from "#access/credentials/model";
import type { Side } from "#fleet/devices/model";

/** What the device API is told by whoever mounts it. */
export type DeviceEnv = {
  Bindings: {
    /** The native mount passes Node's request; its socket knows where the phone is. */
    readonly incoming?: {
      readonly socket: { readonly remoteAddress?: string | undefined };
      /** The request target as it came. */
      readonly url?: string | undefined;
      /** Names and values in turn, as they came. */
      readonly rawHeaders?: readonly string[];
    };
    /** And its response: it can be written to directly, and send a header several times. */
    readonly outgoing?: ServerResponse;
    /** The mount in Next has no socket and works the address out itself. Null: it cannot know. */
    readonly address?: string | null;
  };
};

export type DeviceContext = Context<DeviceEnv>;

/** A mount on Node's own HTTP server. */
export type NativeListener = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

/** A phone that has been let in. */
export type DeviceCaller = {
  readonly side: Side;
  readonly address: string;
  /** Whose credentials it brought; null inside the firewall. */
  readonly caller: Caller | null;
  /** What that goes by on record. */
  readonly accountName: string | null;
  /** The one phone that its credentials are for; null where any phone may bring them. */
  readonly boundMacAddress: string | null;
};
