import { createSocket } from "node:dgram";
import { once } from "node:events";

const EPOCH_OFFSET_SECONDS = 2_208_988_800;

export type TimeServer = AsyncDisposable & { readonly port: number };

/** Starts an SNTP server on loopback whose clock is ahead of ours, or that never answers. */
export async function startTimeServer(aheadMs: number | "silent"): Promise<TimeServer> {
  const socket = createSocket("udp4");
  if (aheadMs !== "silent") {
    socket.on("message", (_request, { port, address }) => {
      socket.send(answer(Date.now() + aheadMs), port, address);
    });
  }
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return {
    port: socket.address().port,
    [Symbol.asyncDispose]: async () => {
      socket.close();
      await once(socket, "close");
    },
  };
}

function answer(atMs: number): Buffer {
  const packet = Buffer.alloc(48);
  packet[0] = 0x24;
  packet[1] = 1;
  for (const offset of [32, 40]) {
    packet.writeUInt32BE(Math.floor(atMs / 1000) + EPOCH_OFFSET_SECONDS, offset);
    packet.writeUInt32BE(Math.floor(((atMs % 1000) / 1000) * 2 ** 32), offset + 4);
  }
  return packet;
}
