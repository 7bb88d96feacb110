"""100 000 users to NDJSON beside `curl --parallel` fetching the same 500 pages and parsing nothing.

Usage: list_users.py ZOSH ZOHO_EMULATOR. Both talk to the same emulator; each has an organisation of its own, of the same
size, since a grant code works once. Five pairs after a warm-up.
"""
import os, shutil, statistics, subprocess, sys, tempfile, time
from measure import access_token, emulated, sign_in

USERS, RUNS = 100_000, 5


def main():
    zosh, emulator = sys.argv[1:3]
    if not shutil.which("curl"):
        return print("100 000 users to NDJSON: skipped, no curl")
    with emulated(emulator, "--users", str(USERS), "--orgs", "2") as world, \
            tempfile.TemporaryDirectory() as folder:
        measure(zosh, world, folder)


def measure(zosh, world, folder):
    mine, theirs = [grant["grant_code"] for grant in world["grants"]][:2]
    environment = {**os.environ, **sign_in(zosh, world, folder, mine)}
    token = access_token(world, theirs)
    config = os.path.join(folder, "curl")
    with open(config, "w") as file:
        file.write(f'header = "Authorization: Zoho-oauthtoken {token}"\n')
        for page in range(1, USERS // 200 + 1):
            file.write(f'url = "{world["api"]}/crm/v8/users?page={page}&per_page=200"\noutput = "/dev/null"\n')
    commands = {
        "zosh": [zosh, "--format", "ndjson", "users", "list"],
        "curl": ["curl", "--silent", "--parallel", "--parallel-max", "5", "--config", config],
    }
    walls = {name: [] for name in commands}
    for run in range(RUNS + 1):
        for name, argv in commands.items():
            start = time.perf_counter()
            with open(os.path.join(folder, "out"), "wb") as out:
                subprocess.run(argv, env=environment, check=True, stdout=out, stderr=subprocess.DEVNULL)
            if run:
                walls[name].append(time.perf_counter() - start)
            if name == "zosh":
                lines = sum(1 for _ in open(os.path.join(folder, "out"), "rb"))
                assert lines == USERS, f"{lines} lines"
    ratio = statistics.median(a / b for a, b in zip(walls["zosh"], walls["curl"]))
    print(f"100 000 users (500 pages): zosh to NDJSON {statistics.median(walls['zosh']):.2f} s, "
          f"curl --parallel 5 to /dev/null {statistics.median(walls['curl']):.2f} s, zosh/curl {ratio:.2f}")


main()
