import type { ActionResult } from "#access/auth/action-result";
import type { NetworkPreview, SetNetworksReport } from "#fleet/sites/model";
import type { PreviewNetworksInput, RemoveSiteInput, RenameSiteInput } from "#fleet/sites/schema";

export type NetworkActions = {
  readonly preview: (input: PreviewNetworksInput) => Promise<ActionResult<NetworkPreview>>;
  readonly set: (input: {
    networks: { network: string; siteName: string }[];
  }) => Promise<ActionResult<SetNetworksReport>>;
};

export type SiteActions = {
  readonly networks: NetworkActions;
  readonly removeNetworks: (input: { networks: string[] }) => Promise<ActionResult<number>>;
  readonly renameSite: (input: RenameSiteInput) => Promise<ActionResult<void>>;
  readonly removeSite: (input: RemoveSiteInput) => Promise<ActionResult<void>>;
};
