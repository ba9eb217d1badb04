import { randomUUID } from "node:crypto";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { inject } from "vitest";
import { S3_ACCOUNT } from "#foundation/platform/testing/s3-server";

/** A new bucket on the S3 server of this test run, and the environment of a process that uses it. */
export type TestBucket = {
  readonly port: number;
  readonly bucket: string;
  readonly environment: Readonly<Record<string, string>>;
};

/** Creates a bucket. The first call of a test run starts the server. */
export async function createBucket(): Promise<TestBucket> {
  const response = await fetch(inject("s3Starter"));
  const answer = await response.text();
  if (!response.ok) {
    throw new Error(answer);
  }
  const port = Number(answer);
  const endpoint = `http://127.0.0.1:${port}`;
  const bucket = `test-${randomUUID()}`;
  const client = new S3Client({
    endpoint,
    region: S3_ACCOUNT.AWS_REGION,
    forcePathStyle: true,
    credentials: {
      accessKeyId: S3_ACCOUNT.AWS_ACCESS_KEY_ID,
      secretAccessKey: S3_ACCOUNT.AWS_SECRET_ACCESS_KEY,
    },
  });
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  client.destroy();
  return {
    port,
    bucket,
    environment: {
      ...S3_ACCOUNT,
      AWS_ENDPOINT_URL: endpoint,
      CONTENT_STORE: `s3://${bucket}/updates`,
    },
  };
}
