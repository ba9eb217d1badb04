import type { ServerResponse } from "node:http";
import type { Context } from "hono";
import type { Side } from "#lib/devices/model";

/** What the device API is told by whoever mounts it. */
export type DeviceEnv = {
  Bindings: {
    /** The native mount passes Node's request; its socket knows where the phone is. */
    readonly incoming?: { readonly socket: { readonly remoteAddress?: string | undefined } };
    /** And its response, which can be written to directly. */
    readonly outgoing?: ServerResponse;
    /** The mount in Next has no socket and works the address out itself. Null: it cannot know. */
    readonly address?: string | null;
  };
};

export type DeviceContext = Context<DeviceEnv>;

/** A phone that has been let in. */
export type DeviceCaller = {
  readonly side: Side;
  readonly address: string;
  /** Whose credentials it brought; null inside the firewall. */
  readonly accountName: string | null;
};
