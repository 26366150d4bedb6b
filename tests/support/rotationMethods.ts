/** The lifecycle methods that rotate, so that a test can say the same of all. */
import { type Kind, kindOf } from "./kinds";
import type { Properties } from "./providerProcess";
import type { RotationProvider } from "./rotationProvider";
import { WHO } from "./routes";

export interface RotationMethod {
  readonly name: "create" | "update";
  /** Brings the credential to where the rotation comes next. */
  prepare(subject: RotationProvider): Promise<Properties>;
  /**
   * @param olds what `prepare` returned
   * @param oldKeyExpiry undefined to leave it out
   */
  rotate(subject: RotationProvider, olds: Properties, oldKeyExpiry: string | undefined): Promise<Properties>;
  /** The requests before the reset. */
  readonly leading: readonly string[];
}

const given = (oldKeyExpiry: string | undefined) => (oldKeyExpiry === undefined ? {} : { oldKeyExpiry });

/** A key that can be read is taken over by create, so only update rotates it. */
export function rotationMethodsOf({ credential: { isReadable }, LOOK }: Kind): readonly RotationMethod[] {
  const create: RotationMethod = {
    name: "create",
    prepare: () => Promise.resolve({}),
    rotate: async ({ provider, inputs }, _olds, oldKeyExpiry) =>
      (await provider.create(inputs(given(oldKeyExpiry)))).outs,
    leading: [WHO, LOOK],
  };
  const update: RotationMethod = {
    name: "update",
    async prepare({ provider, inputs, newRequests }) {
      const { outs } = await provider.create(inputs());
      newRequests();
      return outs;
    },
    rotate: ({ provider, inputs }, olds, oldKeyExpiry) =>
      provider.update(olds, inputs({ triggers: { a: 2 }, ...given(oldKeyExpiry) })),
    leading: isReadable ? [LOOK] : [],
  };
  return isReadable ? [update] : [create, update];
}

export const rotationMethods = rotationMethodsOf(kindOf("AccessTokenRotation"));

/** Newer engines hand in what the failed call has saved: they repeat a create by an update. */
export function onWhatIsSaved(method: RotationMethod): RotationMethod {
  const { name, prepare, leading } = method;
  return {
    name,
    prepare,
    leading,
    rotate({ provider: { repeat, ...provider }, ...subject }, olds, oldKeyExpiry) {
      const isRetry = Object.keys(olds).length > 0;
      return method.rotate(
        {
          ...subject,
          provider: {
            ...provider,
            repeat,
            create: async (news) => (isRetry ? { id: "", outs: await repeat(olds, news) } : provider.create(news)),
            update: repeat,
          },
        },
        olds,
        oldKeyExpiry,
      );
    },
  };
}
