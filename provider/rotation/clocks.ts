/** LaunchDarkly's clock and ours, where what is decided must be right by both. */
import type { Session } from "../run/session";

/** What has passed by now has passed by both clocks. In epoch milliseconds. */
export function earlierNow({ client, host }: Session): number {
  return Math.min(client.now(), host.clock());
}

/** What is ahead of now is ahead by both clocks. In epoch milliseconds. */
export function laterNow({ client, host }: Pick<Session, "client" | "host">): number {
  return Math.max(client.now(), host.clock());
}
