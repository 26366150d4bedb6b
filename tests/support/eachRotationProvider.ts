/** A rotation of its own for every test of a file, all in one dynamic-provider process. */
import { type ProviderProcess, startProviderProcess } from "./providerProcess";
import { type RotationProvider, type RotationProviderOptions, startRotationProvider } from "./rotationProvider";

/** The process of the file, once a test needs it. */
let shared: Promise<ProviderProcess> | undefined;

/** Starts the process if need be; it ends with the last test of the file, or of all files that run together. */
function sharedProcess({ test }: Mocha.Context): Promise<ProviderProcess> {
  if (shared !== undefined) return shared;
  const started = startProviderProcess();
  shared = started;
  let suite = test?.parent;
  while (suite?.parent) suite = suite.parent;
  suite?.afterAll(async () => {
    shared = undefined;
    await (await started).stop();
  });
  return shared;
}

/**
 * To be called in a `describe`.
 *
 * @returns what gives the rotation of the test that runs
 */
export function eachRotationProvider(options: Omit<RotationProviderOptions, "process"> = {}): () => RotationProvider {
  let process: ProviderProcess;
  let rotation: RotationProvider;
  before(async function () {
    process = await sharedProcess(this);
  });
  beforeEach(async () => {
    rotation = await startRotationProvider({ ...options, process });
  });
  afterEach(() => rotation.stop());
  return () => rotation;
}
