import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { Bytes } from "#components/ui/bytes";
import { Code } from "#components/ui/code";
import { CopyButton } from "#components/ui/copy-button";
import { Table, TableCell, TableHead, TableRow } from "#components/ui/table";
import { ContentProblemBadge } from "#components/rules/content-problem";
import type { Release, ShownFile } from "#firmware/rules/release";

/** Enough digits to distinguish files. The button copies the whole digest. */
const SHOWN_DIGITS = 16;

type ReleaseFilesProps = { readonly ruleId: string; readonly release: Release };

export function ReleaseFiles({ ruleId, release }: ReleaseFilesProps) {
  const t = useTranslations("rule.files");
  return (
    <div className="-mx-4 border-t border-line sm:mx-0 sm:rounded-md sm:border">
      <Table caption={t("caption", { version: release.version })}>
        <thead>
          <tr>
            <TableHead>{t("name")}</TableHead>
            <TableHead className="max-sm:hidden">{t("role")}</TableHead>
            <TableHead className="text-end">{t("size")}</TableHead>
            <TableHead className="max-sm:hidden">{t("sha256")}</TableHead>
          </tr>
        </thead>
        <tbody className="border-t border-line">
          {release.files.map((file) => (
            <FileRow key={`${file.role} ${file.fileName}`} ruleId={ruleId} file={file} />
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function FileRow({ ruleId, file }: { readonly ruleId: string; readonly file: ShownFile }) {
  const t = useTranslations("rule.files");
  const tRule = useTranslations("rule");
  return (
    <TableRow>
      <TableCell>
        {/* Not a Next.js link, which would prefetch the file. */}
        <a
          href={`/api/rules/${ruleId}/files/${file.sha256}`}
          download={file.fileName}
          aria-label={t("download", { file: file.fileName })}
          className="text-link inline-flex items-center gap-1.5 break-all"
        >
          <Icon name="download" className="size-3.5 shrink-0" />
          {file.fileName}
        </a>
        {file.problem !== null && (
          <span className="ms-2">
            <ContentProblemBadge problem={file.problem} />
          </span>
        )}
      </TableCell>
      <TableCell className="max-sm:hidden">{t(`roles.${file.role}`)}</TableCell>
      <TableCell className="text-end">
        <Bytes sizeBytes={file.sizeBytes} />
      </TableCell>
      <TableCell className="max-sm:hidden">
        <span title={file.sha256} className="flex items-center gap-1">
          <Code>{file.sha256.slice(0, SHOWN_DIGITS)}…</Code>
          <span className="-my-1">
            <CopyButton text={file.sha256} what={tRule("digest")} />
          </span>
        </span>
      </TableCell>
    </TableRow>
  );
}
