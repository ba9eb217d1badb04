import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { createWebhookSecret, signWebhook } from "#access/notifications/server/sign-webhook";

// From the specification's tests.
const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const CONTENT = {
  id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
  at: new Date(1_614_265_330_000),
  body: '{"test": 2432232314}',
};

test("makes the signature of the specification's test vector", () => {
  expect(signWebhook({ ...CONTENT, secrets: [SECRET] })).toEqual({
    "webhook-id": CONTENT.id,
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  });
});

test("is accepted by the library of Standard Webhooks, with each of two secrets", () => {
  const secrets = [createWebhookSecret(), createWebhookSecret()];
  const headers = signWebhook({ ...CONTENT, at: new Date(), secrets });

  for (const secret of secrets) {
    expect(new Webhook(secret).verify(CONTENT.body, headers)).toEqual({ test: 2432232314 });
  }
  expect(() => new Webhook(createWebhookSecret()).verify(CONTENT.body, headers)).toThrow();
  expect(() => new Webhook(secrets[0] ?? "").verify(`${CONTENT.body} `, headers)).toThrow();
});
