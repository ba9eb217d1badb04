export * from "#lib/core/permissions";
