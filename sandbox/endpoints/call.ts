/** What an endpoint is called with. */
import type { AccessToken } from "../accessToken";
import type { OpenQuestions } from "../openQuestions";
import type { Result } from "../result";
import type { Store } from "../store";

export interface Call {
  readonly store: Store;
  /** The token whose key the request carries. */
  readonly caller: AccessToken;
  /** Epoch milliseconds. */
  readonly now: number;
  /** The values that the path has for the parameters of its route. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** The version of the API that the request asks for; undefined if it names none. */
  readonly version: string | undefined;
  readonly body: unknown;
  readonly openQuestions: OpenQuestions;
}

export type Endpoint = (call: Call) => Result;
