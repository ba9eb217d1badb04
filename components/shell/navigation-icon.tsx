import { Icon } from "#components/ui/icon";
import type { IconName } from "#components/ui/icon";
import type { NavigationName } from "#components/shell/navigation";

const ICONS = {
  home: "layout-dashboard",
  updates: "refresh-cw",
  pending: "inbox",
  approved: "package-check",
  rollOuts: "hard-drive-download",
  imports: "package-open",
  devices: "phone",
  testDevices: "phone-forwarded",
  pools: "network",
  sites: "map-pin",
  homes: "house",
  readiness: "stethoscope",
  checks: "list-checks",
  logs: "file-text",
  captures: "scan-search",
  audit: "history",
  accounts: "users",
  settings: "settings-2",
  notifications: "bell",
  dialect: "code-xml",
} as const satisfies Record<NavigationName | "updates", IconName>;

type NavigationIconProps = { readonly name: NavigationName | "updates" };

export function NavigationIcon({ name }: NavigationIconProps) {
  return <Icon name={ICONS[name]} className="size-4 shrink-0" />;
}
