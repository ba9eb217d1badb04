import {
  Bell,
  CodeXml,
  FileText,
  History,
  HardDriveDownload,
  House,
  Inbox,
  LayoutDashboard,
  ListChecks,
  MapPin,
  Network,
  PackageCheck,
  PackageOpen,
  Phone,
  PhoneForwarded,
  RefreshCw,
  ScanSearch,
  Settings2,
  Stethoscope,
  Users,
} from "#components/ui/icons";
import type { Icon } from "#components/ui/icons";
import type { NavigationName } from "#components/shell/navigation";

const ICONS = {
  home: LayoutDashboard,
  updates: RefreshCw,
  pending: Inbox,
  approved: PackageCheck,
  rollOuts: HardDriveDownload,
  imports: PackageOpen,
  devices: Phone,
  testDevices: PhoneForwarded,
  pools: Network,
  sites: MapPin,
  homes: House,
  readiness: Stethoscope,
  checks: ListChecks,
  logs: FileText,
  captures: ScanSearch,
  audit: History,
  accounts: Users,
  settings: Settings2,
  notifications: Bell,
  dialect: CodeXml,
} as const satisfies Record<NavigationName | "updates", Icon>;

type NavigationIconProps = { readonly name: NavigationName | "updates" };

export function NavigationIcon({ name }: NavigationIconProps) {
  const Icon = ICONS[name];
  return <Icon aria-hidden className="size-4 shrink-0" />;
}
