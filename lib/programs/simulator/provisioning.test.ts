import { expect, test } from "vitest";
import { writeProvisioning } from "#formats/protocol/provisioning-xml";
import { runPhone } from "#programs/simulator/run-phone";
import { anAnswer } from "#programs/simulator/testing/answers";
import { aClock, aPhoneFolder, phoneOptions } from "#programs/simulator/testing/phones";
import { anUpdateServer, sendJson } from "#programs/simulator/testing/update-server";
import type { PhoneOptions } from "#programs/simulator/options";
import type { PhoneRun } from "#programs/simulator/events";

const CREDENTIALS = { userName: "adamb", password: "correct horse" };

function run(options: PhoneOptions): Promise<PhoneRun> {
  const { signal } = new AbortController();
  return runPhone(options, { signal, onEvent: () => undefined, clock: aClock() });
}

/** Plays the SIP server: gives the provisioning document to users who may have it. */
function signInServer(homeUrl: string, isEnabled = true) {
  return anUpdateServer(({ path, headers }, response) => {
    const isOutside = path.startsWith("/api/update/external/");
    response.statusCode = isOutside && headers.authorization === undefined ? 401 : 200;
    response.end(
      writeProvisioning({
        internalUrl: `${homeUrl}RequestHandler/ucdevice.upx`,
        externalUrl: `${homeUrl}RequestHandlerExt/ucdevice.upx`,
        isEnabled,
      }),
    );
  });
}

test.each([
  ["internal", null, "POST /api/update/check"],
  ["external", CREDENTIALS, "POST /api/update/external/check"],
] as const)(
  "a phone with a user checks at the URL in the provisioning document: %s",
  async (side, credentials, asked) => {
    await using home = await anUpdateServer((_request, response) => {
      sendJson(response, anAnswer());
    });
    await using first = await signInServer(home.url.href);
    await using folder = await aPhoneFolder();

    const { ending } = await run(
      phoneOptions(
        { ...folder, url: first.url },
        { side, credentials, provisionedUser: "adamb@contoso.com" },
      ),
    );

    expect(ending).toBe("nothing_due");
    expect(first.requests.map(({ method }) => method)).toEqual(["GET"]);
    expect(first.requests[0]?.path).toMatch(/provisioning\?user=adamb%40contoso\.com$/);
    expect(home.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([asked]);
  },
);

test("outside, a phone without a user gets no document and sends no check", async () => {
  await using home = await anUpdateServer((_request, response) => {
    sendJson(response, anAnswer());
  });
  await using first = await signInServer(home.url.href);
  await using folder = await aPhoneFolder();

  const { ending, message } = await run(
    phoneOptions(
      { ...folder, url: first.url },
      { side: "external", provisionedUser: "adamb@contoso.com" },
    ),
  );

  expect(ending).toBe("check_failed");
  expect(message).toContain("401");
  expect(home.requests).toEqual([]);
});

test("a phone does not check when its provisioning document disables updates", async () => {
  await using home = await anUpdateServer((_request, response) => {
    sendJson(response, anAnswer());
  });
  await using first = await signInServer(home.url.href, false);
  await using folder = await aPhoneFolder();

  const { ending } = await run(
    phoneOptions({ ...folder, url: first.url }, { provisionedUser: "adamb@contoso.com" }),
  );

  expect(ending).toBe("check_failed");
  expect(home.requests).toEqual([]);
});
