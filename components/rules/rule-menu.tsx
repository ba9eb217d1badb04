"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { IconButton } from "#components/ui/button";
import { Menu, MenuItem, MenuLink, MenuSeparator } from "#components/ui/dropdown-menu";
import { possibleActions } from "#components/rules/possible-actions";
import { ACTION_LOOKS } from "#components/rules/review-buttons";
import { useReview } from "#components/rules/review-context";
import { toRuleName } from "#components/rules/rule-name";
import type { Rule } from "#firmware/rules/model";

type RuleMenuProps = { readonly rule: Rule };

/** The actions for one rule, at the end of its row. */
export function RuleMenu({ rule }: RuleMenuProps) {
  const t = useTranslations("updates.actions");
  const { permissions, ask } = useReview();
  const rules = [{ ruleId: rule.id, generation: rule.generation }];
  const actions = possibleActions(rule).filter((action) =>
    action === "remove" ? permissions.mayRemove : permissions.mayReview,
  );
  return (
    <Menu
      trigger={
        <IconButton size="sm" label={t("menu", { rule: toRuleName(rule) })}>
          <Icon name="ellipsis" />
        </IconButton>
      }
    >
      <MenuLink href={`/updates/${rule.id}`} icon={<Icon name="arrow-up-right" />}>
        {t("open")}
      </MenuLink>
      {permissions.mayTest && (
        <MenuLink href={`/updates/${rule.id}?test=true`} icon={<Icon name="flask-conical" />}>
          {t("test")}
        </MenuLink>
      )}
      {actions.length > 0 && <MenuSeparator />}
      {actions.map((action) => (
        <MenuItem
          key={action}
          icon={ACTION_LOOKS[action].icon}
          isDangerous={action === "remove"}
          onSelect={() => ask({ action, rules, count: 1, targetVersion: null })}
        >
          {t(action)}
        </MenuItem>
      ))}
    </Menu>
  );
}
