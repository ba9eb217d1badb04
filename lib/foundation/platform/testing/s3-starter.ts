import { createServer } from "node:http";
import { listenOnLoopback } from "#foundation/platform/testing/loopback";
import type { S3Server } from "#foundation/platform/testing/s3-server";
import { startS3Server } from "#foundation/platform/testing/s3-server";

export type S3Starter = {
  /** A request to this URL answers with the port of the server, which the first one starts. */
  readonly url: string;
  readonly close: () => Promise<void>;
};

/** Starts the S3 server of a test run when the first test process asks for it. */
export async function openS3Starter(): Promise<S3Starter> {
  let server: Promise<S3Server> | null = null;
  const starter = createServer((_, response) => {
    server ??= startS3Server();
    server.then(
      ({ port }) => response.end(String(port)),
      (error: unknown) => {
        response.writeHead(500).end(String(error));
      },
    );
  });
  const port = await listenOnLoopback(starter);
  return {
    url: `http://127.0.0.1:${port}/`,
    close: async () => {
      starter.close();
      await (await server?.catch(() => null))?.stop();
    },
  };
}
