import { BASE_URL } from "./server.ts";

const HANDLER = `${BASE_URL}/RequestHandler/ucdevice.upx`;

/** Sends XML to the handler of the original, like a Lync phone, with the given headers. */
export async function askInXml(
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(HANDLER, {
    method: "POST",
    headers: { "content-type": "text/xml", ...headers },
    body,
  });
  return { status: response.status, text: await response.text() };
}
