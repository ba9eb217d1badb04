/**
 * Phones that arrive on schedule, whether or not earlier ones have been answered. It runs in a separate process, so
 * that it slows the service down only by using the machine. Prints its results as one line of JSON. Run: node phones.ts
 * '{"port":3000,"phones":1000,"seconds":4,"isKeepAlive":false,"path":"/","version":"1.0.0.0"}'
 */
import { connect } from "node:net";
import type { Socket } from "node:net";
import process from "node:process";
import type { Arrival, Arrivals } from "./arrivals.ts";
import { percentiles } from "./percentiles.ts";

const SOURCE_ADDRESSES = 64;
const GIVE_UP_MS = 30_000;
/** A process has a limited number of file descriptors. A phone without a socket waits, and the wait counts. */
const MAX_SOCKETS = 15_000;
const TICK_MS = 1;

const options = readOptions(process.argv[2] ?? "");
const total = options.phones;
const latencies: number[] = [];
const statuses: Record<string, number> = {};
const errors: Record<string, number> = {};
const idle: Socket[] = [];
const queued: number[] = [];
let open = 0;
let connections = 0;
let started = 0;
let finished = 0;
let withoutRetryAfter = 0;
let latestMs = 0;

const begin = performance.now();
const interval = (options.seconds * 1000) / total;
const clock = setInterval(sendDue, TICK_MS);
const lastCall = setTimeout(report, options.seconds * 1000 + GIVE_UP_MS);

function sendDue(): void {
  const now = performance.now() - begin;
  const due = Math.min(total, Math.floor(now / interval) + 1);
  latestMs = Math.max(latestMs, now - started * interval);
  while (started < due) {
    queued.push(started);
    started += 1;
  }
  sendQueued();
  if (started === total) {
    clearInterval(clock);
  }
}

function sendQueued(): void {
  while (queued.length > 0 && (idle.length > 0 || open < MAX_SOCKETS)) {
    send(queued.shift() ?? 0);
  }
}

/** The latency of a phone counts from its scheduled time, so a generator that is behind hides nothing. */
function send(index: number): void {
  const scheduledAt = begin + index * interval;
  const socket = (options.isKeepAlive ? idle.pop() : undefined) ?? connectPhone(index);
  let received = "";
  const finish = (): void => {
    socket.removeAllListeners();
    socket.on("error", () => undefined);
    finished += 1;
    if (finished === total) {
      report();
    }
    sendQueued();
  };
  const fail = (name: string): void => {
    errors[name] = (errors[name] ?? 0) + 1;
    end(socket);
    finish();
  };
  socket.on("error", (error) => {
    fail("code" in error ? String(error.code) : error.message);
  });
  socket.on("close", () => {
    fail("closed without an answer");
  });
  socket.on("data", (chunk: string) => {
    received += chunk;
    if (!isWhole(received)) {
      return;
    }
    latencies.push(performance.now() - scheduledAt);
    note(received);
    if (options.isKeepAlive && !/\nconnection: close/i.test(received)) {
      idle.push(socket);
    } else {
      end(socket);
    }
    finish();
  });
  socket.write(requestOf(index));
}

function end(socket: Socket): void {
  open -= 1;
  socket.destroy();
}

function connectPhone(index: number): Socket {
  connections += 1;
  open += 1;
  const socket = connect({
    host: "127.0.0.1",
    port: options.port,
    // One address has too few ports for 100,000 connections within a minute.
    localAddress: `127.0.1.${1 + (index % SOURCE_ADDRESSES)}`,
    noDelay: true,
  });
  return socket.setEncoding("latin1");
}

function requestOf(index: number): string {
  const macAddress = `0004F2${index.toString(16).toUpperCase().padStart(6, "0")}`;
  const body = JSON.stringify({
    schema: 1,
    device: {
      deviceType: "UCPhone",
      vendor: "POLYCOM",
      model: "CX600",
      revision: "A",
      locale: "ENU",
      macAddress,
      serialNumber: `S${index}`,
    },
    user: `CONTOSO\\user${index}`,
    trigger: "boot",
    modules: [{ updateType: "CPE", fileName: "CPE.nbt", version: options.version }],
  });
  const connection = options.isKeepAlive ? "keep-alive" : "close";
  return [
    `POST ${options.path} HTTP/1.1`,
    "Host: pool01.contoso.com",
    "Content-Type: application/json",
    `Content-Length: ${body.length}`,
    `Connection: ${connection}`,
    "",
    body,
  ].join("\r\n");
}

function isWhole(received: string): boolean {
  const headEnd = received.indexOf("\r\n\r\n");
  const declared = /\ncontent-length: *(\d+)/i.exec(received)?.[1];
  return headEnd !== -1 && received.length >= headEnd + 4 + Number(declared ?? 0);
}

function note(received: string): void {
  const status = received.slice(9, 12);
  statuses[status] = (statuses[status] ?? 0) + 1;
  if (status === "503" && !/\nretry-after: *\d+/i.test(received)) {
    withoutRetryAfter += 1;
  }
}

function report(): void {
  clearInterval(clock);
  clearTimeout(lastCall);
  const arrivals: Arrivals = {
    seconds: (performance.now() - begin) / 1000,
    sent: started,
    unanswered: started - finished,
    statuses,
    errors,
    withoutRetryAfter,
    connections,
    latenciesMs: percentiles(latencies),
    generatorLateMs: latestMs,
  };
  console.log(JSON.stringify(arrivals));
  process.exit(0);
}

function readOptions(text: string): Arrival {
  const options: unknown = JSON.parse(text);
  if (!isArrival(options)) {
    throw new Error("the argument must describe the arrival of the phones");
  }
  return options;
}

function isArrival(value: unknown): value is Arrival {
  return typeof value === "object" && value !== null && "port" in value && "phones" in value;
}
