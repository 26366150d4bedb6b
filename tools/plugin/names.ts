/** What the plugin and its SDKs are called, and where they come from: the head of the schema, which package.json fills. */
import type { Names } from "./languages";

export const PACKAGE = "launchdarkly-rotation";

/** The fields of package.json that the schema repeats. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly homepage: string;
  readonly repository: { readonly url: string };
  readonly peerDependencies: Readonly<Record<string, string>>;
}

export function namesOf({ name, repository }: Manifest): Names {
  const home = repository.url.replace(/^git\+https:\/\/|\.git$/g, "");
  return {
    package: PACKAGE,
    nodejs: `${name}-sdk`,
    python: "pulumi_launchdarkly_rotation",
    go: `${home}/sdk/go/launchdarklyrotation`,
  };
}

/** The fields of the schema that are not about what is in the package. */
export function head(manifest: Manifest, names: Names) {
  const home = manifest.repository.url.replace(/^git\+|\.git$/g, "");
  const { "@pulumi/pulumi": sdk = "" } = manifest.peerDependencies;
  const [oldest = ""] = /\d+\.\d+\.\d+/.exec(sdk) ?? [];
  return {
    name: PACKAGE,
    displayName: "LaunchDarkly rotation",
    version: manifest.version,
    description: manifest.description,
    keywords: ["pulumi", "launchdarkly", "rotation", "category/utility", "kind/native"],
    homepage: manifest.homepage,
    license: manifest.license,
    repository: home,
    // The tags are those of changesets: docs/releasing.md. Pulumi puts the version in, and the file's name behind it.
    pluginDownloadURL: `${home}/releases/download/${manifest.name}@\${VERSION}`,
    language: {
      nodejs: {
        packageName: names.nodejs,
        respectSchemaVersion: true,
        dependencies: { "@pulumi/pulumi": `^${oldest}` },
      },
      python: { packageName: names.python, respectSchemaVersion: true, pyproject: { enabled: true } },
      go: {
        importBasePath: names.go,
        rootPackageName: names.go.slice(names.go.lastIndexOf("/") + 1),
        respectSchemaVersion: true,
        generateResourceContainerTypes: false,
      },
      csharp: { namespaces: { [PACKAGE]: "LaunchDarklyRotation" }, respectSchemaVersion: true },
    },
  };
}
