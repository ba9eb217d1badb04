import { defineConfig } from "prisma/config";

// No database URL: the client gets it at run time, and lib/foundation/platform/db/migrate.ts applies migrations.
export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
});
