export type LockedPackage = {
  readonly version?: string;
  readonly optional?: boolean;
  readonly link?: boolean;
  readonly dev?: boolean;
};

export function comparePackages(
  wanted: Readonly<Record<string, LockedPackage>>,
  present: Readonly<Record<string, LockedPackage>> | null,
  needs: { readonly withTools: boolean },
): { readonly isStale: boolean; readonly hasTools: boolean };
