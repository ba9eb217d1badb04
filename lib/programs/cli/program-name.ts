/** How the documentation and the hints call the command line. It is not installed globally, so it needs `npx`. */
export const PROGRAM = "npx ucupdates";
