"""100 000 users to NDJSON beside `curl --parallel` fetching the same 500 pages and parsing nothing.

Usage: list_users.py ZOSH ZOHO_EMULATOR. Both talk to the same emulator; each has an organisation of its own, of the same
size, since a grant code works once. Five pairs after a warm-up.
"""
import json, os, shutil, statistics, subprocess, sys, tempfile, time, urllib.parse, urllib.request

USERS, RUNS = 100_000, 5


def main():
    zosh, emulator = sys.argv[1:3]
    if not shutil.which("curl"):
        return print("100 000 users to NDJSON: skipped, no curl")
    server = subprocess.Popen([emulator, "--users", str(USERS), "--orgs", "2"], stdout=subprocess.PIPE)
    try:
        with tempfile.TemporaryDirectory() as folder:
            measure(zosh, json.loads(server.stdout.readline()), folder)
    finally:
        server.terminate()
        server.wait()


def measure(zosh, world, folder):
    key = os.path.join(folder, "key")
    environment = {
        **os.environ, "ZOSH_HOME": os.path.join(folder, "zosh"), "ZOSH_KEY_FILE": key, "ZOSH_ACCOUNTS_URL": world["accounts"],
        "ZOSH_API_URL": world["api"], "ZOHO_CLIENT_ID": world["client_id"], "ZOHO_CLIENT_SECRET": world["client_secret"],
    }
    mine, theirs = [grant["grant_code"] for grant in world["grants"]][:2]
    subprocess.run([zosh, "vault", "keygen", key], env=environment, check=True, capture_output=True)
    subprocess.run([zosh, "auth", "login", "bench", "--self-client"], env=environment, check=True, capture_output=True, input=mine.encode())
    form = urllib.parse.urlencode({
        "grant_type": "authorization_code", "client_id": world["client_id"], "client_secret": world["client_secret"], "code": theirs})
    token = json.load(urllib.request.urlopen(world["accounts"] + "/oauth/v2/token", form.encode()))["access_token"]
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
