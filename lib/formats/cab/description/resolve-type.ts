import { KNOWN_DEVICE_TYPES } from "#formats/cab/description/aliases";
import { includesText } from "#formats/cab/description/includes-text";
import { baseNameOf } from "#formats/cab/description/member-paths";
import type { KnownDetails, PackageMember, Vocabulary } from "#formats/cab/description/model";

export type TypeStatement = {
  readonly known: KnownDetails;
  readonly types: readonly string[];
};

/**
 * A `type` is a device type only if it is a known device type, and an update type only if it is a known update type
 * or the name of the image (`CPE` for `CPE.nbt`). Other values are ignored: a guess would become part of the
 * identity of a rule.
 */
export function resolveType(
  { known, types }: TypeStatement,
  image: PackageMember,
  vocabulary: Vocabulary,
): KnownDetails {
  const deviceTypes = [...KNOWN_DEVICE_TYPES, ...vocabulary.deviceTypes];
  const updateTypes = [baseNameOf(image.path), ...vocabulary.updateTypes];
  const deviceType = types.find((type) => includesText(deviceTypes, type));
  const updateType = types.find(
    (type) => !includesText(deviceTypes, type) && includesText(updateTypes, type),
  );
  return {
    ...known,
    deviceType: known.deviceType ?? deviceType ?? null,
    updateType: known.updateType ?? updateType ?? null,
  };
}
