/** The requests that the sandbox received. */

export interface LoggedRequest {
  readonly method: string;
  /** Such as "POST /api/v2/tokens/:id/reset"; the bare path where there is no such route. */
  readonly route: string;
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  /** Without Authorization. */
  readonly headers: Readonly<Record<string, unknown>>;
  /** The id of the token whose key it carried; undefined for a key that is no good, or no token's. */
  readonly callerId: string | undefined;
  /** The last four characters of the key. */
  readonly keyEnding: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Of the answer as planned; undefined if the connection was dropped. */
  readonly status: number | undefined;
  /** The fault that it suffered, such as "drop after" or "503 before". */
  readonly fault: string | undefined;
  /** Whether it reset a credential, whatever was answered. */
  readonly hasReset: boolean;
  /**
   * The credential that it reset: "token <id>", "sdkKey <project>/<environment>", "mobileKey <project>/<environment>"
   * or "relayKey <id>"; undefined if none.
   */
  readonly resets: string | undefined;
}
