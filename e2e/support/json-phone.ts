import { checkAnswer } from "#formats/protocol/json-answer";
import type { CheckAnswer } from "#formats/protocol/json-answer";
import { BASE_URL, EXTERNAL_URL, PORT } from "./server.ts";

export const CHECK_URLS = {
  internal: `${BASE_URL}/api/update/check`,
  external: `${EXTERNAL_URL}/api/update/external/check`,
} as const;

type JsonPhone = {
  readonly macAddress: string;
  readonly model?: string;
  readonly revision?: string;
  readonly serialNumber?: string;
  readonly version?: string;
  readonly trigger?: string;
};

type Asking = {
  readonly url?: string;
  readonly authorization?: string;
  /** The phone's own address, by which its downloads are assigned to it; without it, all phones have that of this host. */
  readonly address?: string;
};

/** Sends a check like a phone; the answer is null if the check was refused. */
export async function askInJson(
  phone: JsonPhone,
  { url = CHECK_URLS.internal, authorization, address }: Asking = {},
): Promise<{ readonly status: number; readonly answer: CheckAnswer | null }> {
  const response = await fetch(address === undefined ? url : throughProxy(url), {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(authorization === undefined ? {} : { authorization }),
      ...(address === undefined ? {} : { "x-forwarded-for": address }),
    },
    body: JSON.stringify(toRequest(phone)),
  });
  const text = await response.text();
  return {
    status: response.status,
    answer: response.ok ? checkAnswer.parse(JSON.parse(text)) : null,
  };
}

/** Downloads a file that a phone with an address was offered. */
export async function downloadFrom(fileUrl: string, address: string): Promise<void> {
  const response = await fetch(throughProxy(fileUrl), { headers: { "x-forwarded-for": address } });
  if (!response.ok) {
    throw new Error(`${fileUrl} answered ${response.status}`);
  }
  await response.arrayBuffer();
}

/** The address of this host that the server knows as a proxy (playwright.config.ts). */
function throughProxy(url: string): string {
  return `http://127.0.0.1:${PORT}${new URL(url).pathname}`;
}

function toRequest({
  macAddress,
  model = "CX600",
  revision = "A",
  serialNumber,
  version = "1.0.0.0",
  trigger,
}: JsonPhone): unknown {
  return {
    schema: 1,
    device: {
      deviceType: "UCPhone",
      vendor: "POLYCOM",
      model,
      revision,
      locale: "ENU",
      macAddress,
      serialNumber,
    },
    trigger,
    modules: [{ updateType: "CPE", fileName: "CPE.nbt", version }],
  };
}

export function basic(name: string, password: string): string {
  return `Basic ${Buffer.from(`${name}:${password}`).toString("base64")}`;
}
