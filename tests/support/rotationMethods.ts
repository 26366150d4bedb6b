/** The two lifecycle methods that rotate, so that a test can say the same of both. */
import type { Properties } from "./providerProcess";
import type { RotationProvider } from "./rotationProvider";
import { GET_TOKEN, WHO } from "./routes";

export interface RotationMethod {
  readonly name: "create" | "update";
  /** Brings the token to where the rotation comes next. */
  prepare(subject: RotationProvider): Promise<Properties>;
  /** @param olds what `prepare` returned */
  rotate(subject: RotationProvider, olds: Properties, oldKeyExpiry: string): Promise<Properties>;
  /** The requests before the reset. */
  readonly leading: readonly string[];
}

export const rotationMethods: readonly RotationMethod[] = [
  {
    name: "create",
    prepare: () => Promise.resolve({}),
    rotate: async ({ provider, inputs }, _olds, oldKeyExpiry) => (await provider.create(inputs({ oldKeyExpiry }))).outs,
    leading: [WHO, GET_TOKEN],
  },
  {
    name: "update",
    async prepare({ provider, inputs, newRequests }) {
      const { outs } = await provider.create(inputs());
      newRequests();
      return outs;
    },
    rotate: ({ provider, inputs }, olds, oldKeyExpiry) =>
      provider.update(olds, inputs({ triggers: { a: 2 }, oldKeyExpiry })),
    leading: [],
  },
];
