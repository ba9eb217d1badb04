import { Agent, request } from "node:http";
import { TESTED_DIALECTS } from "#phones/device-api/testing/tested-dialects";

export type CheckFlow = {
  readonly answered: () => number;
  /** Ends the flow. Returns what became of the checks that were not answered with 200, by error code or status. */
  readonly stop: () => Promise<readonly string[]>;
};

/**
 * Phones that check one after the other, each over a connection of its own, as phones do. With several ports, a host that does not
 * serve passes the phone on to the next one, as a load balancer does.
 */
export function startChecks(ports: number | readonly number[], atOnce = 4): CheckFlow {
  const [json] = TESTED_DIALECTS;
  const failures: string[] = [];
  let answered = 0;
  let isStopping = false;
  const body =
    json?.body({
      brand: "POLYCOM",
      model: "CX600",
      macAddress: "0004F2000001",
      serialNumber: "S1",
      version: "4.0.0.0",
    }) ?? "";
  const path = json?.paths.internal ?? "/";
  const ask = async (): Promise<void> => {
    while (!isStopping) {
      const outcome = await checkAny([ports].flat(), { path, body });
      answered += outcome === "200" ? 1 : 0;
      if (outcome !== "200") {
        failures.push(outcome);
      }
    }
  };
  const running = Array.from({ length: atOnce }, ask);
  return {
    answered: () => answered,
    stop: async () => {
      isStopping = true;
      await Promise.all(running);
      return failures;
    },
  };
}

async function checkAny(ports: readonly number[], question: Omit<Check, "port">): Promise<string> {
  let outcome = "";
  for (const port of ports) {
    outcome = await check({ port, ...question });
    if (!NOT_SERVING.has(outcome)) {
      return outcome;
    }
  }
  return outcome;
}

/** 503 is the answer of a host that starts. */
const NOT_SERVING: ReadonlySet<string> = new Set(["ECONNREFUSED", "ECONNRESET", "503"]);

type Check = { readonly port: number; readonly path: string; readonly body: string };

/** The status of the answer, or the code of the error. */
function check({ port, path, body }: Check): Promise<string> {
  return new Promise((resolve) => {
    const headers = { "content-type": "application/json", host: "localhost" };
    const agent = new Agent({ keepAlive: false });
    const sent = request({ host: "127.0.0.1", port, path, method: "POST", headers, agent });
    sent.once("response", (response) => {
      response.resume();
      response.once("end", () => {
        resolve(String(response.statusCode));
      });
      response.once("error", () => {
        resolve("broken answer");
      });
    });
    sent.once("error", (error) => {
      resolve("code" in error ? String(error.code) : error.message);
    });
    sent.end(body);
  });
}
