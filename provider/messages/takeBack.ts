/** What a preview says of a resource that comes back to its dynamic class from the plugin. */

export function announceTakeBack(): string {
  return "Will take over the state: the plugin has written it. Nothing changes at LaunchDarkly.";
}
