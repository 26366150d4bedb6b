/** A rotation of its own for every test of a file, all in one dynamic-provider process. */
import { type ProviderProcess, startProviderProcess } from "./providerProcess";
import { type RotationProvider, type RotationProviderOptions, startRotationProvider } from "./rotationProvider";

/**
 * To be called in a `describe`.
 *
 * @returns what gives the rotation of the test that runs
 */
export function eachRotationProvider(options: Omit<RotationProviderOptions, "process"> = {}): () => RotationProvider {
  let process: ProviderProcess;
  let rotation: RotationProvider;
  before(async () => {
    process = await startProviderProcess();
  });
  after(() => process.stop());
  beforeEach(async () => {
    rotation = await startRotationProvider({ ...options, process });
  });
  afterEach(() => rotation.stop());
  return () => rotation;
}
