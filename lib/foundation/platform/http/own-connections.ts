import "server-only";
import { Agent } from "node:http";

class OwnConnections extends Agent {
  /** Node destroys a connection after its answer if this is false. */
  override keepSocketAlive(): boolean {
    return false;
  }
}

/**
 * Gives each request a connection of its own, which this side closes. Without keep-alive, the receiver closes it behind its
 * answer, and a sender that still writes then gets EPIPE instead of the answer.
 */
export const ownConnections = new OwnConnections({ keepAlive: true });
