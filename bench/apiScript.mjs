/**
 * The limit of the API's part: the requests of a rotation, without Pulumi. Reads from its environment what to rotate.
 */
import process from "node:process";

const { BENCH_URL: url = "", BENCH_ADMIN_KEY: adminKey = "", BENCH_TOKENS = "", BENCH_AT_ONCE } = process.env;
const tokenIds = BENCH_TOKENS.split(",");
const atOnce = Number(BENCH_AT_ONCE);

/**
 * @returns {Promise<{ token: string }>}
 * @param {string} path
 * @param {string} key
 * @param {"GET" | "POST"} method
 */
async function call(path, key, method = "GET") {
  const headers = { Authorization: key, "LD-API-Version": "20240415", "Content-Type": "application/json" };
  const response = await fetch(`${url}${path}`, { method, headers });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
  return /** @type {Promise<{ token: string }>} */ (response.json());
}

async function worker() {
  for (let id = tokenIds.pop(); id !== undefined; id = tokenIds.pop()) {
    const { token } = await call(`/api/v2/tokens/${id}/reset?expiry=${Date.now() + 3_600_000}`, adminKey, "POST");
    await call("/api/v2/caller-identity", token);
  }
}

await call("/api/v2/caller-identity", adminKey);
await Promise.all(Array.from({ length: atOnce }, worker));
