import { execFile } from "node:child_process";
import { rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";

export type WrkRun = {
  readonly url: string;
  readonly seconds: number;
  readonly connections: number;
  /** Bodies to post in turn. Without bodies, wrk sends GET requests. */
  readonly bodies?: readonly string[];
  readonly contentType?: string;
};

export type WrkResult = {
  readonly requestsPerSecond: number;
  readonly megabytesPerSecond: number;
  readonly refused: number;
};

const UNITS: Readonly<Record<string, number>> = {
  B: 1e-6,
  KB: 0.001024,
  MB: 1.048576,
  GB: 1073.741824,
};

export async function runWrk(run: WrkRun): Promise<WrkResult> {
  const script = join(tmpdir(), `ucupdates-bench-${process.pid}.lua`);
  await writeFile(script, toScript(run));
  try {
    const { stdout } = await promisify(execFile)("wrk", [
      "--threads=1",
      `--connections=${run.connections}`,
      `--duration=${run.seconds}s`,
      "--timeout=60s",
      `--script=${script}`,
      run.url,
    ]);
    return read(stdout);
  } finally {
    await rm(script, { force: true });
  }
}

/** Lua's long brackets quote any text without escapes. */
function toScript({ bodies = [], contentType = "application/json" }: WrkRun): string {
  if (bodies.length === 0) {
    return "";
  }
  return `
local headers = { ["Content-Type"] = "${contentType}", ["Host"] = "pool01.contoso.com" }
local bodies = { ${bodies.map((body) => `[==[${body}]==]`).join(",\n")} }
local requests, turn = {}, 0
init = function()
  for index, body in ipairs(bodies) do
    requests[index] = wrk.format("POST", nil, headers, body)
  end
end
request = function()
  turn = turn % #requests + 1
  return requests[turn]
end`;
}

function read(output: string): WrkResult {
  const transfer = /Transfer\/sec:\s+([\d.]+)([KMG]?B)/.exec(output);
  return {
    requestsPerSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(output)?.[1] ?? 0),
    megabytesPerSecond: Number(transfer?.[1] ?? 0) * (UNITS[transfer?.[2] ?? ""] ?? 0),
    refused: Number(/Non-2xx or 3xx responses: (\d+)/.exec(output)?.[1] ?? 0),
  };
}
