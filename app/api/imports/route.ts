import { answerApi } from "#access/auth/server/answer-api";
import { importQuery, toImportRecord } from "#firmware/imports/import-record";
import { listImports } from "#firmware/imports/server/list-imports";
import { startImport } from "#firmware/imports/server/start-import";
import { toStartInput } from "#firmware/imports/start-query";
import { PAGE_SIZE } from "#foundation/core/paging";
import { answerExport, wantedExport } from "#phones/exports/server/answer-export";
import { readQuery } from "#foundation/platform/http/read-json";
import { announcedBytes, bodyOf, requireFileBody } from "#foundation/platform/http/request-body";
import { admitUpload } from "#foundation/platform/http/longer-requests";

export function GET(request: Request): Promise<Response> {
  return answerApi(request, async (context) => {
    const format = wantedExport(request);
    if (format !== null) {
      return answerExport(context, request, { list: "imports", format });
    }
    const search = readQuery(request, importQuery);
    const { imports, total, page } = await listImports(context, search);
    return Response.json({ imports, total, page, size: PAGE_SIZE });
  });
}

/** Starts an import. The body is the streamed package; the options are in the query. */
export function POST(request: Request): Promise<Response> {
  return answerApi(request, async (context) => {
    requireFileBody(request);
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
