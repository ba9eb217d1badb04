/** @typedef {{ version?: string, optional?: boolean, link?: boolean, dev?: boolean }} LockedPackage */

/**
 * Compares the packages of the lock file with those that npm has recorded as installed. `isStale`: one that is needed is
 * missing, or one has another version. `hasTools`: a tool for developers is installed.
 *
 * @param {Record<string, LockedPackage>} wanted
 * @param {Record<string, LockedPackage> | null} present
 * @param {{ withTools: boolean }} needs
 */
export function comparePackages(wanted, present, { withTools }) {
  const packages = Object.entries(wanted).filter(([path]) => path !== "");
  return {
    isStale:
      present === null ||
      packages.some(([path, { version, optional, link, dev }]) => {
        // Optional packages are for other platforms; links point into the checkout.
        const isNeeded = optional !== true && link !== true && (withTools || dev !== true);
        const installed = present[path]?.version;
        return isNeeded ? installed !== version : installed !== undefined && installed !== version;
      }),
    hasTools: packages.some(([path, { dev }]) => dev === true && present?.[path] !== undefined),
  };
}
