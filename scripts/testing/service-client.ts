import { request } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import { buffer } from "node:stream/consumers";
import { expect } from "vitest";
import { z } from "zod";
import { anImage, aPackage } from "#firmware/imports/testing/packages";
import type { TestedDialect } from "#phones/device-api/testing/tested-dialects";
import { TESTED_DIALECTS } from "#phones/device-api/testing/tested-dialects";

/** The REST API of a server, with an API token. */
export type ServiceAccess = { readonly url: string; readonly token: string };

export type PhoneAnswer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

const IMPORT_WAIT = { timeout: 60_000, interval: 50 };

const importJob = z.looseObject({ id: z.string() });
const importState = z.looseObject({ state: z.string() });
const ruleList = z.object({ rules: z.array(z.looseObject({ id: z.string() })) });

/** Uploads a package with one image for a model, and waits until it is imported. The rule is then pending. */
export async function importImage(access: ServiceAccess, model: string): Promise<void> {
  const cabinet = aPackage([{ model, version: "4.0.1", image: anImage(model) }]);
  const uploaded = await callApi(access, "/api/imports?fileName=UCUpdates.cab&allPools=true", {
    method: "POST",
    body: new Blob([Buffer.from(cabinet)]),
    headers: { "content-type": "application/octet-stream" },
  });
  expect(uploaded.status).toBe(202);
  const { id } = importJob.parse(await uploaded.json());
  const state = async (): Promise<string> =>
    importState.parse(await (await callApi(access, `/api/imports/${id}`)).json()).state;
  await expect.poll(state, IMPORT_WAIT).toBe("succeeded");
}

/** Approves the pending rules of a model. When it returns, the service has acknowledged the approval. */
export async function approveRules(access: ServiceAccess, model: string): Promise<void> {
  const found = await callApi(access, `/api/rules?model=${model}`);
  expect(found.status).toBe(200);
  const { rules } = ruleList.parse(await found.json());
  expect(rules).not.toEqual([]);
  const reviewed = await callApi(access, "/api/rules/review", {
    method: "POST",
    body: JSON.stringify({ action: "approve", rules: rules.map(({ id }) => ({ ruleId: id })) }),
    headers: { "content-type": "application/json" },
  });
  expect(await reviewed.json()).toMatchObject({ failed: [], skipped: [] });
}

export function callApi(
  { url, token }: ServiceAccess,
  path: string,
  init: RequestInit = {},
): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set("authorization", `Bearer ${token}`);
  return fetch(`${url}${path}`, { ...init, headers });
}

/**
 * The check of a phone of the model, over a connection of its own, so that the processes for phones take turns. The host
 * in the request is the same for every server, because answers contain it.
 */
export function askAsPhone(
  url: string,
  model: string,
  dialect: TestedDialect | undefined = TESTED_DIALECTS[0],
): Promise<PhoneAnswer> {
  const phone = { brand: "POLYCOM", macAddress: "0004F2000176", serialNumber: "S176" };
  const body = dialect?.body({ ...phone, model, version: "1.0.0.0" }) ?? "";
  const { hostname, port } = new URL(url);
  const headers = { "content-type": dialect?.contentType ?? "", host: "localhost" };
  return new Promise((resolve, reject) => {
    const path = dialect?.paths.internal ?? "/";
    const sent = request({ hostname, port, path, method: "POST", headers, agent: false });
    sent.once("error", reject);
    sent.once("response", (response) => {
      buffer(response).then((bytes) => {
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: bytes.toString("latin1"),
        });
      }, reject);
    });
    sent.end(body);
  });
}

/** The versions that each of several checks is offered. Every process for phones answers some of them. */
export async function findOfferedVersions(url: string, model: string): Promise<readonly string[]> {
  const [json] = TESTED_DIALECTS;
  const answers = await Promise.all(
    Array.from({ length: 8 }, async () => (await askAsPhone(url, model)).body),
  );
  return answers.map((answer) => json?.offeredVersions(answer).join() ?? "");
}
