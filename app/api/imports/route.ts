import { answerApi } from "#lib/auth/server/answer-api";
import { importQuery, toImportRecord } from "#lib/imports/import-record";
import { IMPORTS_PAGE_SIZE } from "#lib/imports/search-params";
import { listImports } from "#lib/imports/server/list-imports";
import { startImport } from "#lib/imports/server/start-import";
import { toStartInput } from "#lib/imports/start-query";
import { readQuery } from "#lib/platform/http/read-json";
import { announcedBytes, bodyOf } from "#lib/platform/http/upload-body";
import { admitUpload } from "#lib/platform/http/upload-senders";

export function GET(request: Request): Promise<Response> {
  return answerApi(request, async (context) => {
    const search = readQuery(request, importQuery);
    const { imports, total, page } = await listImports(context, search);
    return Response.json({ imports, total, page, size: IMPORTS_PAGE_SIZE });
  });
}

/** The body is the package itself, streamed; what to do with it stands in the query. */
export function POST(request: Request): Promise<Response> {
  return answerApi(request, async (context) => {
    admitUpload(request.headers);
    const input = toStartInput(new URL(request.url).searchParams);
    const job = await startImport(context, {
      ...input,
      body: bodyOf(request),
      announcedBytes: announcedBytes(request),
    });
    const headers = { location: `/api/imports/${job.id}` };
    return Response.json(toImportRecord(job), { status: 202, headers });
  });
}
