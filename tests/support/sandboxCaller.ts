/** A sandbox, and somebody who calls its API. */
import { type Sandbox, startSandbox } from "../../sandbox/sandbox";

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Record<string, unknown>;
}

export type Headings = Readonly<Record<string, string>>;

export interface Caller {
  readonly sandbox: Sandbox;
  readonly token: { readonly id: string; readonly key: string };
  /** @param key by default the admin key */
  call(method: string, target: string, key?: string, body?: unknown, headers?: Headings): Promise<Reply>;
  accepts(key: string): Promise<boolean>;
}

export async function startCaller(): Promise<Caller> {
  const sandbox = await startSandbox();
  const token = sandbox.createToken({ name: "ci", role: "writer" });

  async function call(method: string, target: string, key = sandbox.adminKey, body?: unknown, others: Headings = {}) {
    const response = await fetch(`${sandbox.url}/api/v2${target}`, {
      method,
      headers: { Authorization: key, "Content-Type": "application/json", ...others },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json") ?? false;
    const json = (isJson ? JSON.parse(text) : {}) as Record<string, unknown>;
    return { status: response.status, headers: response.headers, text, json };
  }
  return { sandbox, token, call, accepts: async (key) => (await call("GET", "/caller-identity", key)).status === 200 };
}

/** A caller of its own for every test, at a sandbox of its own. To be called in a `describe`. */
export function eachCaller(): Caller {
  let current: Caller;
  beforeEach(async () => {
    current = await startCaller();
  });
  afterEach(() => current.sandbox.stop());
  return {
    get sandbox() {
      return current.sandbox;
    },
    get token() {
      return current.token;
    },
    call: (...request) => current.call(...request),
    accepts: (key) => current.accepts(key),
  };
}
