import "server-only";
import { createSocket } from "node:dgram";
import { isIPv6 } from "node:net";

const TIMEOUT_MS = 2_000;
const PACKET_BYTES = 48;
/** No leap warning, version 4, client (RFC 5905, 7.3). */
const CLIENT_REQUEST = 0x23;
const SERVER_MODE = 4;
const RECEIVED_AT = 32;
const SENT_AT = 40;
/** Seconds from 1900, the NTP epoch, to 1970. */
const EPOCH_OFFSET_SECONDS = 2_208_988_800;

/** Asks by SNTP how many ms a server's clock is ahead of ours; null after the timeout or for an invalid answer. */
export function askTime(address: string, port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const socket = createSocket(isIPv6(address) ? "udp6" : "udp4");
    const sentAtMs = Date.now();
    const finish = (aheadMs: number | null): void => {
      clearTimeout(timer);
      socket.close();
      resolve(aheadMs);
    };
    const timer = setTimeout(() => {
      finish(null);
    }, TIMEOUT_MS);
    socket.once("error", () => {
      finish(null);
    });
    socket.once("message", (packet) => {
      finish(readAhead(packet, { sentAtMs, arrivedAtMs: Date.now() }));
    });
    const request = Buffer.alloc(PACKET_BYTES);
    request[0] = CLIENT_REQUEST;
    socket.send(request, port, address);
  });
}

type RoundTrip = { readonly sentAtMs: number; readonly arrivedAtMs: number };

/** The offset of RFC 5905, 8: the mean of both directions, so that network delay cancels out. */
function readAhead(packet: Buffer, { sentAtMs, arrivedAtMs }: RoundTrip): number | null {
  if (packet.length < PACKET_BYTES || ((packet[0] ?? 0) & 0b111) !== SERVER_MODE) {
    return null;
  }
  const receivedAtMs = readInstant(packet, RECEIVED_AT);
  const answeredAtMs = readInstant(packet, SENT_AT);
  return (receivedAtMs - sentAtMs + (answeredAtMs - arrivedAtMs)) / 2;
}

function readInstant(packet: Buffer, offset: number): number {
  const seconds = packet.readUInt32BE(offset) - EPOCH_OFFSET_SECONDS;
  return (seconds + packet.readUInt32BE(offset + 4) / 2 ** 32) * 1000;
}
