"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import type { ReactNode } from "react";
import { DataTable } from "#components/data-table/data-table";
import type { Selection } from "#components/data-table/use-selection";
import { useTableSearch } from "#components/data-table/use-table-search";
import { toOption } from "#components/ui/option";
import { EmptyState } from "#components/ui/empty-state";
import type { ReviewIntent } from "#components/rules/fetch-preview";
import { ReviewButtons } from "#components/rules/review-buttons";
import { useReview } from "#components/rules/review-context";
import { useRuleColumns } from "#components/rules/rule-columns";
import { toRuleName } from "#components/rules/rule-name";
import type { Rule } from "#firmware/rules/model";
import { RULE_ACTIONS } from "#firmware/rules/model";
import { toMatchingQuery } from "#firmware/rules/to-matching-query";
import type { RuleFacets } from "#firmware/rules/facets";
import { RULE_FACETS } from "#firmware/rules/facets";
import type { RuleView } from "#firmware/rules/search-params";
import { PAGE_SIZES, ruleSearchParams } from "#firmware/rules/search-params";

type RulesTableProps = {
  readonly view: RuleView;
  readonly rules: readonly Rule[];
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
  readonly facets: RuleFacets;
  /** The actions of the empty state. */
  readonly emptyActions?: ReactNode;
};

export function RulesTable({
  view,
  rules,
  total,
  page,
  pageSize,
  facets,
  emptyActions,
}: RulesTableProps) {
  const t = useTranslations("updates");
  const search = useTableSearch(ruleSearchParams);
  const [address] = useQueryStates(ruleSearchParams);
  const columns = useRuleColumns();
  const { permissions } = useReview();

  const target = (selection: Selection<Rule>): Omit<ReviewIntent, "action" | "targetVersion"> =>
    selection.kind === "matching"
      ? { rules: toMatchingQuery(view, address), count: selection.count }
      : {
          rules: selection.rows.map(({ id, generation }) => ({ ruleId: id, generation })),
          count: selection.count,
        };

  return (
    <DataTable
      name="rules"
      exportPath={`/api/exports/rules?view=${view}`}
      caption={t(`caption.${view}`)}
      columns={columns}
      rows={rules}
      total={total}
      page={page}
      pageSize={pageSize}
      pageSizes={PAGE_SIZES}
      rowId={({ id }) => id}
      rowName={toRuleName}
      search={search}
      searchLabel={t("search")}
      // A filter with only one value is useless.
      facets={RULE_FACETS.filter(
        (facet) => facets[facet].length > 1 || address[facet].length > 0,
      ).map((facet) => ({
        key: facet,
        label: t(`columns.${facet}`),
        options: facets[facet].map(toOption),
      }))}
      empty={
        <EmptyState
          icon={<Icon name="package-open" />}
          title={t(`empty.${view}.title`)}
          description={t(`empty.${view}.description`)}
          actions={emptyActions}
        />
      }
      canSelectMatching
      {...(permissions.mayReview
        ? {
            bulkActions: (selection: Selection<Rule>) => (
              <ReviewButtons
                actions={RULE_ACTIONS}
                target={target(selection)}
                onDone={selection.clear}
              />
            ),
          }
        : {})}
    />
  );
}
