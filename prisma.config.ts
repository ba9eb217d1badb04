import { defineConfig } from "prisma/config";

// No database URL: the client gets it at run time, and migrations are applied by lib/foundation/platform/db/migrate.ts.
export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
});
