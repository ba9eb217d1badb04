export * from "#lib/core/use-case-context";
