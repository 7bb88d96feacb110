"""What a cold build costs, a module at a time: processor seconds, which other programs at work change little.

Usage: build.py [debug|release] [PRODUCT…]. Builds into a new folder below TMPDIR from the packages that are already
checked out, with compilers wrapped by this very file: called as swiftc or clang it runs the real one and notes what that
took. Products are those of `make demo`, if none is named.
"""
import os, re, resource, subprocess, sys


def compile_and_note(tool):
    """In place of a compiler: the same call, and a line with its processor time and module."""
    status = subprocess.run([f"{os.environ['ZOSH_TOOLCHAIN']}/{tool}", *sys.argv[1:]]).returncode
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    named = [sys.argv[place + 1] for option in ("-module-name", "-o") for place in range(1, len(sys.argv) - 1)
             if sys.argv[place] == option]
    name = named[0] if named else "?"
    inside = re.search(r"/([^/]+)\.build/", name)
    name = inside[1] if inside else "manifests" if name.endswith("-manifest") else name
    with open(os.environ["ZOSH_COSTS"], "a") as costs:
        costs.write(f"{used.ru_utime + used.ru_stime:.3f} {name}\n")
    sys.exit(status if status >= 0 else 128 - status)


def main():
    import collections, shutil, tempfile  # here, since a wrapped compiler needs none of them
    from pathlib import Path

    root = Path(__file__).resolve().parent.parent
    configuration = sys.argv[1] if len(sys.argv) > 1 else "debug"
    products = sys.argv[2:] or ["zosh", "zoho-emulator"]
    toolchain = Path(shutil.which("swiftc")).resolve().parent
    with tempfile.TemporaryDirectory(prefix="zosh-build-") as folder:
        folder = Path(folder)
        for kept in ("checkouts", "repositories"):
            shutil.copytree(root / ".build" / kept, folder / "build" / kept, symlinks=True)
        shutil.copy(root / ".build/workspace-state.json", folder / "build")
        for tool in ("swiftc", "clang", "clang++"):
            wrapper = folder / tool
            wrapper.write_text(f"#!/bin/sh\nexec python3 -IS {__file__} = {tool} \"$@\"\n")
            wrapper.chmod(0o755)
        costs = folder / "costs"
        environment = dict(
            os.environ, ZOSH_TOOLCHAIN=str(toolchain), ZOSH_COSTS=str(costs), SWIFT_EXEC=str(folder / "swiftc"),
            CC=str(folder / "clang"))
        options = ["--static-swift-stdlib"] if configuration == "release" else []
        for product in products:
            subprocess.run(
                ["swift", "build", "-q", "-c", configuration, *options, "--product", product,
                 "--scratch-path", str(folder / "build")], cwd=root, env=environment, check=True)
        modules = collections.Counter()
        for line in costs.read_text().splitlines():
            seconds, name = line.split(None, 1)
            modules[name] += float(seconds)
    print(f"cold {configuration} build of {', '.join(products)}: {sum(modules.values()):.0f} s of compilers' processor time")
    for name, seconds in modules.most_common():
        if seconds >= 1: print(f"  {seconds:7.1f} s  {name}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["="]:
        del sys.argv[1]
        compile_and_note(sys.argv.pop(1))
    main()
