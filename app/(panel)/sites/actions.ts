"use server";

import type { z } from "zod";
import type { ActionResult } from "#access/auth/action-result";
import { reloadAfter, runAction } from "#access/auth/server/run-action";
import type { NetworkPreview, SetNetworksReport } from "#fleet/sites/model";
import type {
  CreateSiteInput,
  PreviewNetworksInput,
  RemoveSiteInput,
  RenameSiteInput,
} from "#fleet/sites/schema";
import {
  createSiteInput,
  previewNetworksInput,
  removeNetworksInput,
  removeSiteInput,
  renameSiteInput,
  setNetworksInput,
} from "#fleet/sites/schema";
import { createSite } from "#fleet/sites/server/create-site";
import { previewNetworks } from "#fleet/sites/server/preview-networks";
import { removeNetworks } from "#fleet/sites/server/remove-networks";
import { removeSite } from "#fleet/sites/server/remove-site";
import { renameSite } from "#fleet/sites/server/rename-site";
import { setNetworks } from "#fleet/sites/server/set-networks";

export async function createSiteAction(input: CreateSiteInput): Promise<ActionResult<null>> {
  const result = await runAction(createSiteInput, input, async (context, parsed) => {
    await createSite(context, parsed);
    return null;
  });
  reloadAfter(result, "/sites");
  return result;
}

export async function renameSiteAction(input: RenameSiteInput): Promise<ActionResult<void>> {
  const result = await runAction(renameSiteInput, input, renameSite);
  reloadAfter(result, "/sites");
  return result;
}

export async function removeSiteAction(input: RemoveSiteInput): Promise<ActionResult<void>> {
  const result = await runAction(removeSiteInput, input, removeSite);
  reloadAfter(result, "/sites");
  return result;
}

export async function previewNetworksAction(
  input: PreviewNetworksInput,
): Promise<ActionResult<NetworkPreview>> {
  return runAction(previewNetworksInput, input, previewNetworks);
}

export async function setNetworksAction(
  input: z.input<typeof setNetworksInput>,
): Promise<ActionResult<SetNetworksReport>> {
  const result = await runAction(setNetworksInput, input, setNetworks);
  reloadAfter(result, "/sites");
  return result;
}

export async function removeNetworksAction(
  input: z.input<typeof removeNetworksInput>,
): Promise<ActionResult<number>> {
  const result = await runAction(removeNetworksInput, input, removeNetworks);
  reloadAfter(result, "/sites");
  return result;
}
