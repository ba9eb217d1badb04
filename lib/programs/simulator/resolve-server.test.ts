import { createSocket } from "node:dgram";
import { once } from "node:events";
import { expect, test } from "vitest";
import { resolveServer } from "#programs/simulator/resolve-server";

/** A DNS server that knows one name and answers NXDOMAIN for others. */
async function aDnsServer(
  knownName: string,
): Promise<AsyncDisposable & { readonly address: string }> {
  const socket = createSocket("udp4");
  socket.on("message", (query, { port, address }) => {
    socket.send(answerTo(query, knownName), port, address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return {
    address: `127.0.0.1:${socket.address().port}`,
    [Symbol.asyncDispose]: async () => {
      socket.close();
      await once(socket, "close");
    },
  };
}

/** RFC 1035, 4.1: repeats the question; one A record refers to the name in it. */
function answerTo(query: Buffer, knownName: string): Buffer {
  const labels = knownName
    .split(".")
    .map((label) => `${String.fromCharCode(label.length)}${label}`);
  const isKnown = query.includes(Buffer.from(`${labels.join("")}\0`, "latin1"));
  const header = Buffer.alloc(12);
  header.writeUInt16BE(query.readUInt16BE(0), 0);
  header.writeUInt16BE(isKnown ? 0x8180 : 0x8183, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(isKnown ? 1 : 0, 6);
  const questionEnd = query.indexOf(0, 12) + 5;
  const record = Buffer.from("c00c00010001000000050004cb00710a", "hex");
  return Buffer.concat([header, query.subarray(12, questionEnd), ...(isKnown ? [record] : [])]);
}

test("uses the configured URL", async () => {
  const url = new URL("http://localhost:3000/");

  expect(await resolveServer({ kind: "url", url }, "internal")).toEqual({
    kind: "found",
    url,
    connectTo: null,
  });
});

test.each([
  ["internal", null, "http://ucupdates-r2.contoso.test/"],
  ["internal", 3000, "http://ucupdates-r2.contoso.test:3000/"],
  ["external", null, "https://ucupdates-r2.contoso.test/"],
] as const)(
  "looks up the discovery name in its domain and keeps it in the URL: %s, port %s",
  async (side, port, href) => {
    await using dns = await aDnsServer("ucupdates-r2.contoso.test");

    const server = {
      kind: "domain",
      domain: "contoso.test",
      dnsServer: dns.address,
      port,
    } as const;

    expect(await resolveServer(server, side)).toEqual({
      kind: "found",
      url: new URL(href),
      connectTo: "203.0.113.10",
    });
  },
);

test("names the name that is missing", async () => {
  await using dns = await aDnsServer("ucupdates-r2.contoso.test");

  const server = {
    kind: "domain",
    domain: "fabrikam.test",
    dnsServer: dns.address,
    port: null,
  } as const;

  expect(await resolveServer(server, "internal")).toEqual({
    kind: "not_found",
    name: "ucupdates-r2.fabrikam.test",
    reason: "ENOTFOUND",
  });
});
