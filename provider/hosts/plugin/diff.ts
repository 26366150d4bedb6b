/** Diff: whether an update or a replacement follows. It says nothing but of what makes nothing follow. */
import { type DiffRequest, DiffResponse, PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";

import { succeeded } from "./failure";
import type { Kind } from "./kinds";
import type { PluginRun } from "./pluginRun";
import { linesOf } from "./propertyDiffs";
import { fromWire, oldInputs } from "./wire";

const { DIFF_NONE, DIFF_SOME } = DiffResponse.DiffChanges;

export async function diff({ lifecycle }: Kind, run: PluginRun, request: DiffRequest): Promise<DiffResponse> {
  const urn = request.getUrn();
  const [olds, given] = [fromWire(request.getOlds()).values, fromWire(request.getNews())];
  const news = given.values;
  const before = oldInputs(request.getOldInputs(), given).values;
  // A refresh compares, too: with the inputs of the last run, and no check before.
  const stage = run.checked.has(urn) ? "update" : "refresh";
  const asked = { ...run.requestOf(stage, urn), olds, news };
  const { changes, replaces, changing } = succeeded(await lifecycle.diff(run.contextIn(stage), asked));
  if (replaces.length > 0) run.replaced.set(urn, olds);
  if (!changes) {
    // What an edit of the inputs alone asks to be warned of: no other call follows.
    const edited = { ...run.requestOf("preview", urn), olds: before, news };
    if (stage === "update") await lifecycle.check(run.contextIn("preview"), edited);
    return new DiffResponse().setChanges(DIFF_NONE);
  }
  const response = new DiffResponse()
    .setChanges(DIFF_SOME)
    .setReplacesList([...replaces])
    .setHasdetaileddiff(true);
  const lines = linesOf(before, news, replaces, changing);
  for (const { path, kind, isInput } of lines) {
    response.getDetaileddiffMap().set(path, new PropertyDiff().setKind(kind).setInputdiff(isInput));
  }
  return response.setDiffsList([...new Set(lines.map(({ path }) => path.split(/[.[]/)[0] ?? path))]);
}
