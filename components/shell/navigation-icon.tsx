import {
  CodeXml,
  FileText,
  History,
  House,
  Inbox,
  ListChecks,
  Network,
  PackageCheck,
  PackageOpen,
  Phone,
  PhoneForwarded,
  RefreshCw,
  ScanSearch,
  Settings2,
  Stethoscope,
} from "#components/ui/icons";
import type { Icon } from "#components/ui/icons";
import type { NavigationName } from "#components/shell/navigation";

const ICONS = {
  updates: RefreshCw,
  pending: Inbox,
  approved: PackageCheck,
  imports: PackageOpen,
  devices: Phone,
  testDevices: PhoneForwarded,
  pools: Network,
  homes: House,
  readiness: Stethoscope,
  checks: ListChecks,
  logs: FileText,
  captures: ScanSearch,
  audit: History,
  settings: Settings2,
  dialect: CodeXml,
} as const satisfies Record<NavigationName | "updates", Icon>;

type NavigationIconProps = { readonly name: NavigationName | "updates" };

export function NavigationIcon({ name }: NavigationIconProps) {
  const Icon = ICONS[name];
  return <Icon aria-hidden className="size-4 shrink-0" />;
}
