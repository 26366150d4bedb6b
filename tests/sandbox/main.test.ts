import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";

import { repository } from "../../tools/stack/workspace";

describe("npm run sandbox", () => {
  it("prints a URL, an admin key and a sample token that work, and ends when told to", async () => {
    const words = ["-r", "ts-node/register", "sandbox/main.ts"];
    const child = spawn(process.execPath, words, { cwd: repository, stdio: ["ignore", "pipe", "inherit"] });
    try {
      let printed = "";
      while (!printed.includes("Requests:")) {
        const [chunk] = (await once(child.stdout, "data")) as [Buffer];
        printed += chunk.toString();
      }
      const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(printed) ?? [""];
      const [, adminKey = ""] = /^admin key\s+(\S+)$/m.exec(printed) ?? [];
      const [, id = ""] = /^sample token id\s+(\S+)$/m.exec(printed) ?? [];
      const [, key = ""] = /^sample key\s+(\S+)$/m.exec(printed) ?? [];
      const identity = await fetch(`${url}/api/v2/caller-identity`, { headers: { Authorization: key } });
      assert.equal(((await identity.json()) as { tokenId: string }).tokenId, id);
      const headers = { Authorization: adminKey };
      const reset = await fetch(`${url}/api/v2/tokens/${id}/reset`, { method: "POST", headers });
      assert.equal(reset.status, 200);
      await reset.arrayBuffer();
    } finally {
      child.kill("SIGTERM");
      const [status] = (await once(child, "exit")) as [number | null];
      assert.equal(status, 0);
    }
  });
});
