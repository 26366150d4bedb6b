"""Runs programs with the mocks of Pulumi's SDK in the place of the engine: python examples.py FILE..."""

import runpy
import sys

import pulumi


class Mocks(pulumi.runtime.Mocks):
    def new_resource(self, args):
        return [f"{args.name}-id", args.inputs]

    def call(self, args):
        return {"id": "61095542756dba551110ae21", "name": "ci", "customRoleIds": []}


files = sys.argv[1:]
for file in files:
    pulumi.runtime.set_mocks(Mocks())
    runpy.run_path(file, run_name="__main__")
print(len(files), "examples")
