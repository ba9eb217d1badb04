"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "#components/ui/toast";
import { ConfirmedButton } from "#components/forms/confirm-action";
import type { CreateVersionMatch } from "#components/rules/new-version-match";
import { VersionMatchDialog } from "#components/rules/new-version-match";
import { Button, IconButton } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { Code } from "#components/ui/code";
import type { ActionResult } from "#access/auth/action-result";
import { Comma } from "#components/ui/comma";
import type { Rule } from "#firmware/rules/model";
import type { VersionMatch } from "#firmware/rules/version-match";
import type { RevokeVersionMatchInput } from "#firmware/rules/version-match-schema";

type VersionMatchesProps = {
  readonly rule: Pick<Rule, "id" | "approved" | "pending">;
  readonly versionMatches: readonly VersionMatch[];
  /** The versions that phones report instead, as choices. */
  readonly otherVersions: readonly string[];
  readonly mayReview: boolean;
  readonly actions: {
    readonly createVersionMatch: CreateVersionMatch;
    readonly revokeVersionMatch: (input: RevokeVersionMatchInput) => Promise<ActionResult<void>>;
  };
};

/** The versions that a rule treats as the same although they are spelled differently. */
export function VersionMatches({
  rule,
  versionMatches,
  otherVersions,
  mayReview,
  actions,
}: VersionMatchesProps) {
  const t = useTranslations("rule.versionMatches");
  const [isOpen, setIsOpen] = useState(false);
  const version = (rule.approved ?? rule.pending)?.version ?? null;
  return (
    <Card
      title={t("title")}
      actions={
        mayReview &&
        version !== null && (
          <Button size="sm" onClick={() => setIsOpen(true)}>
            <Icon name="equal" />
            {t("new")}
          </Button>
        )
      }
    >
      {versionMatches.length === 0 ? (
        <p className="text-[0.8125rem] text-ink-muted">{t("empty")}</p>
      ) : (
        <ul className="space-y-2 text-[0.8125rem]">
          {versionMatches.map((match) => (
            <MatchItem
              key={match.id}
              match={match}
              revoke={mayReview ? actions.revokeVersionMatch : null}
            />
          ))}
        </ul>
      )}
      {isOpen && version !== null && (
        <VersionMatchDialog
          ruleId={rule.id}
          packageVersion={version}
          otherVersions={otherVersions}
          createVersionMatch={actions.createVersionMatch}
          onClose={() => setIsOpen(false)}
        />
      )}
    </Card>
  );
}

type MatchItemProps = {
  readonly match: VersionMatch;
  /** Null if the user may not revoke it. */
  readonly revoke: VersionMatchesProps["actions"]["revokeVersionMatch"] | null;
};

function MatchItem({ match, revoke }: MatchItemProps) {
  const t = useTranslations("rule.versionMatches");
  const { id, packageVersion, reportedVersion, poolFqdn, createdBy } = match;
  return (
    <li className="flex items-start justify-between gap-2">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-1.5">
          <Code isBreaking>{packageVersion}</Code> = <Code isBreaking>{reportedVersion}</Code>
        </p>
        <p className="text-xs text-ink-muted">
          {poolFqdn === null ? t("everyPool") : t("onePool", { pool: poolFqdn })}
          <Comma />
          {t("by", { name: createdBy })}
        </p>
      </div>
      {revoke !== null && (
        <ConfirmedButton
          title={t("revokeTitle")}
          description={t("revokeDescription")}
          confirmLabel={t("revoke")}
          isDangerous
          action={revoke}
          input={{ versionMatchId: id }}
          onDone={() => toast.success(t("revoked"))}
          trigger={(ask) => (
            <IconButton
              size="sm"
              label={t("revokeLabel", { packageVersion, reportedVersion })}
              onClick={ask}
            >
              <Icon name="trash-2" />
            </IconButton>
          )}
        />
      )}
    </li>
  );
}
