// The server: `npm start` and `npm run dev` run it. It starts the other processes and keeps them running.
import process from "node:process";
import { supervise } from "#programs/server/supervisor";

process.exit(await supervise());
