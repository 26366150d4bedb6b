// sdks SCHEMA FOLDER writes the SDKs for Python, Node.js and Go into a folder, with Pulumi's own generators.
//
// The CLI has these generators, too, and asks the language hosts for them. Hosts that are built from Go modules here are
// older than that. So this is built with the modules of the CLI: tools/setup/languages.mjs.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	golang "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// What the SDKs say that they are made by.
const tool = "pulumi"

type generator func(*schema.Package) (map[string][]byte, error)

var generators = map[string]generator{
	"python": func(pkg *schema.Package) (map[string][]byte, error) {
		// Python has no version such as 0.3.0-next.0: pip refuses what the generator makes of it.
		if pkg.Version != nil {
			pkg.Version.Pre = nil
		}
		files, err := python.GeneratePackage(tool, pkg, nil, nil)
		if err != nil {
			return nil, err
		}
		// The project's file names it beside itself.
		files["README.md"] = files[filepath.Join(strings.ReplaceAll("pulumi-"+pkg.Name, "-", "_"), "README.md")]
		return files, nil
	},
	"nodejs": func(pkg *schema.Package) (map[string][]byte, error) {
		return nodejs.GeneratePackage(tool, pkg, nil, nil, true, nil)
	},
	"go": func(pkg *schema.Package) (map[string][]byte, error) {
		files, err := golang.GeneratePackage(tool, pkg, nil)
		if err != nil {
			return nil, err
		}
		info, _ := pkg.Language["go"].(golang.GoPackageInfo)
		files["go.mod"], err = moduleOf(info.ImportBasePath)
		return files, err
	},
}

// What the SDK for Go imports.
var requirements = []string{"github.com/blang/semver", "github.com/pulumi/pulumi/sdk/v3"}

// moduleOf writes the file that makes a folder a module, so that a program can name it in a "replace". The generator
// leaves that to the repository of an SDK.
func moduleOf(path string) ([]byte, error) {
	build, ok := debug.ReadBuildInfo()
	if !ok {
		return nil, fmt.Errorf("this program does not know its modules")
	}
	var required strings.Builder
	for _, module := range build.Deps {
		for _, name := range requirements {
			if module.Path == name {
				fmt.Fprintf(&required, "\t%s %s\n", name, module.Version)
			}
		}
	}
	return fmt.Appendf(nil, "module %s\n\ngo 1.25\n\nrequire (\n%s)\n", path, required.String()), nil
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: sdks SCHEMA FOLDER")
		os.Exit(2)
	}
	if err := write(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func write(file, folder string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var spec schema.PackageSpec
	if err := json.Unmarshal(text, &spec); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	for language, generate := range generators {
		// A generator changes what it is given.
		pkg, err := schema.ImportSpec(spec, nil, schema.NewNullLoader(), schema.ValidationOptions{})
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		files, err := generate(pkg)
		if err != nil {
			return fmt.Errorf("the SDK for %s: %w", language, err)
		}
		for name, content := range files {
			if err := writeFile(filepath.Join(folder, language, name), content); err != nil {
				return err
			}
		}
	}
	return nil
}

func writeFile(file string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, content, 0o644)
}
