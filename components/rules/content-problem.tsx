import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge";
import { Callout } from "#components/ui/callout";
import type { ContentProblem } from "#firmware/files/model";
import type { RuleReleases } from "#firmware/rules/model";

type ContentProblemBadgeProps = { readonly problem: ContentProblem };

/** Why phones cannot download a file, or a version that needs it. */
export function ContentProblemBadge({ problem }: ContentProblemBadgeProps) {
  const t = useTranslations("updates.contentProblems");
  return (
    <Badge tone="bad" icon={<Icon name="file-x2" />}>
      {t(problem)}
    </Badge>
  );
}

type ContentProblemsProps = { readonly releases: RuleReleases };

/** The problems with the files of a rule's versions, and how to repair them. Renders nothing if there are none. */
export function ContentProblems({ releases }: ContentProblemsProps) {
  const t = useTranslations("rule.contentProblems");
  const faulty = (["approved", "pending", "restore"] as const).flatMap((role) => {
    const { version, problem } = releases[role] ?? {};
    return version === undefined || problem === undefined ? [] : [{ role, version, problem }];
  });
  return faulty.length === 0 ? null : (
    <Callout tone="bad" title={t("title")}>
      <ul>
        {faulty.map(({ role, version, problem }) => (
          <li key={role}>{t(problem, { role, version })}</li>
        ))}
      </ul>
      <p className="mt-1">{t("mend")}</p>
    </Callout>
  );
}
