import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge";
import { Instant } from "#components/ui/instant";
import type { PastRejection, Rejection } from "#firmware/rules/rejection";

/** Marks a version that was rejected or rolled back, in any pool. */
export function RejectionBadge() {
  const t = useTranslations("rejections");
  return (
    <Badge tone="bad" icon={<Icon name="history" />}>
      {t("badge")}
    </Badge>
  );
}

type RejectionNoteProps = { readonly rejection: Rejection };

/** Who rejected a version, where, when and why. */
export function RejectionNote({ rejection }: RejectionNoteProps) {
  const t = useTranslations("rejections");
  const { kind, poolFqdn, rejectedBy, rejectedAt, reason } = rejection;
  return (
    <p className="wrap-anywhere">
      {t.rich(`kinds.${kind}`, {
        pool: poolFqdn,
        name: rejectedBy,
        when: () => <Instant date={rejectedAt} />,
      })}
      {reason !== "" && ` ${t("reason", { reason })}`}
    </p>
  );
}

type RejectionHistoryProps = { readonly rejections: readonly PastRejection[] };

/** The rejections of one version, also those that have ended. Renders nothing if there are none. */
export function RejectionHistory({ rejections }: RejectionHistoryProps) {
  return rejections.length === 0 ? null : (
    <ul className="space-y-1 text-[0.8125rem] text-ink-muted">
      {rejections.map((rejection) => (
        <li key={rejection.rejectedAt.getTime()}>
          <RejectionNote rejection={rejection} />
          {rejection.ended !== null && <RejectionEnd ended={rejection.ended} />}
        </li>
      ))}
    </ul>
  );
}

function RejectionEnd({ ended }: { readonly ended: NonNullable<PastRejection["ended"]> }) {
  const t = useTranslations("rejections");
  const { by, at, reason, isUndo } = ended;
  return (
    <p className="wrap-anywhere">
      {t.rich(reason === "" ? "ended" : "endedReason", {
        isUndo: String(isUndo),
        name: by,
        reason,
        when: () => <Instant date={at} />,
      })}
    </p>
  );
}
