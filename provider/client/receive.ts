/** Takes in the body of an answer, as far as it comes. */
import type { Readable } from "node:stream";

export interface Received {
  readonly bytes: Buffer;
  /** Why there may be more that did not come. */
  readonly failure: { readonly error: unknown } | undefined;
}

export async function receive(body: Readable): Promise<Received> {
  const chunks: Buffer[] = [];
  let failure: Received["failure"];
  try {
    for await (const chunk of body) chunks.push(chunk as Buffer);
  } catch (error) {
    failure = { error };
  }
  return { bytes: Buffer.concat(chunks), failure };
}
