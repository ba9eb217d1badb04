import { beforeAll, expect, test } from "vitest";
import { createAccount } from "#access/accounts/server/create-account";
import { createApiTokenFor } from "#access/accounts/server/create-api-token-for";
import { answerApi } from "#access/auth/server/answer-api";
import { aContext } from "#foundation/core/testing/contexts";

let authorization: string;

beforeAll(async () => {
  const context = aContext({ now: new Date() });
  await createAccount(context, {
    name: "adamb",
    password: "correct horse battery",
    role: "viewer",
  });
  const { secret } = await createApiTokenFor(context, {
    accountName: "adamb",
    name: "script",
    keepDays: 1,
  });
  authorization = `Bearer ${secret}`;
});

type Asked = { readonly method?: string; readonly signal?: AbortSignal };

/** Answers a request with a stream. Says whether the stream was ended, as that of an export has to be. */
async function answerStream({ method = "GET", signal }: Asked, onAnswer = (): void => undefined) {
  let isEnded = false;
  const body = new ReadableStream<Uint8Array>({
    cancel: () => {
      isEnded = true;
    },
  });
  const request = new Request("http://pool01.contoso.com/api/exports/devices", {
    method,
    headers: { authorization },
    ...(signal === undefined ? {} : { signal }),
  });
  const response = await answerApi(request, () => {
    onAnswer();
    return Promise.resolve(new Response(body, { headers: { "x-list": "devices" } }));
  });
  return { response, isEnded: () => isEnded };
}

test("leaves the stream of an answer to its reader", async () => {
  const { response, isEnded } = await answerStream({});

  expect(response.body).not.toBeNull();
  expect(isEnded()).toBe(false);
});

test("ends the stream of an answer to HEAD, and keeps the headers", async () => {
  const { response, isEnded } = await answerStream({ method: "HEAD" });

  expect(response.body).toBeNull();
  expect(response.headers.get("x-list")).toBe("devices");
  expect(isEnded()).toBe(true);
});

test("ends the stream if the client disconnects before the answer is there", async () => {
  const client = new AbortController();
  const { isEnded } = await answerStream({ signal: client.signal }, () => {
    client.abort();
  });

  expect(isEnded()).toBe(true);
});

test("ends the stream if the client disconnects before the answer is read", async () => {
  const client = new AbortController();
  const { isEnded } = await answerStream({ signal: client.signal });

  client.abort();

  expect(isEnded()).toBe(true);
});
