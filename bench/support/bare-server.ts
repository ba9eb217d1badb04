/** An upper bound for `node:http`: reads the body and returns a constant. Run: node bare-server.ts */
import { createServer } from "node:http";

const answer = JSON.stringify({
  schema: 1,
  downloads: 0,
  nextCheckSeconds: 86_400,
  idleSecondsBeforeInstall: 300,
  channel: "approved",
  modules: [],
});

const server = createServer((request, response) => {
  let body = "";
  request.setEncoding("utf8");
  request.on("data", (chunk: string) => (body += chunk));
  request.on("end", () => {
    response.writeHead(body === "" ? 400 : 200, {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(answer),
      "cache-control": "no-store",
    });
    response.end(answer);
  });
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  console.log(`ready at http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`);
});
