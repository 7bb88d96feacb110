"""Start to first prompt, through a pty: zosh beside the shells people keep open all day.

Usage: first_prompt.py ZOSH. Each program is started RUNS times in turn; the median wall time from fork to the first
byte of its prompt is printed, and the ratio to zosh's. A rival that cannot be had is named as skipped.
"""
import os, shutil, statistics, subprocess, sys, tempfile
from measure import Pty, free_port, median, started

RUNS = 15


def rivals(folder):
    """Yields (name, argv, prompt, environment); starts the servers two of them need, on loopback."""
    def have(program):
        return shutil.which(program) is not None

    if have("sqlite3"):
        yield "sqlite3", ["sqlite3", ":memory:"], b"sqlite> ", {}
    else:
        print("  skipped: sqlite3 (not installed)")
    if have("redis-server") and have("redis-cli"):
        port = free_port()
        with started(["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder], port):
            yield "redis-cli", ["redis-cli", "-h", "127.0.0.1", "-p", str(port)], f"127.0.0.1:{port}> ".encode(), {}
    else:
        print("  skipped: redis-cli (no redis-server)")
    server = next((p for p in ("/usr/lib/postgresql/15/bin", "/usr/lib/postgresql/17/bin") if os.path.exists(p + "/initdb")), None)
    if server and have("psql"):
        port = free_port()
        data = os.path.join(folder, "pg")
        os.mkdir(data)
        as_user = []
        if os.getuid() == 0:
            shutil.chown(data, "postgres")
            as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        subprocess.run(as_user + [server + "/initdb", "-D", data, "-A", "trust", "-U", "bench"], check=True, capture_output=True)
        argv = as_user + [server + "/postgres", "-D", data, "-p", str(port), "-h", "127.0.0.1", "-k", data]
        with started(argv, port):
            wait_for_postgres(port)
            yield "psql", ["psql", "-X", "-h", "127.0.0.1", "-p", str(port), "-U", "bench", "postgres"], b"postgres=# ", {"PAGER": ""}
    else:
        print("  skipped: psql (no PostgreSQL server)")
    yield "python3", ["/usr/bin/python3" if os.path.exists("/usr/bin/python3") else "python3"], b">>> ", {}


def wait_for_postgres(port):
    while subprocess.run(["psql", "-X", "-h", "127.0.0.1", "-p", str(port), "-U", "bench", "-c", "", "postgres"], capture_output=True).returncode:
        pass


def once(argv, prompt, environment):
    with Pty(argv, environment) as pty:
        return pty.until(prompt)


def main():
    zosh = sys.argv[1]
    print("start to first prompt through a pty, median of %d (ms)" % RUNS)
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        home = os.path.join(folder, "zosh")
        mine = ([zosh], b"> ", {"ZOSH_HOME": home})
        for name, argv, prompt, environment in rivals(folder):
            ours, theirs = [], []
            for run in range(RUNS + 1):
                a, b = once(*mine), once(argv, prompt, environment)
                if run:  # the first of each is a warm-up
                    ours.append(a)
                    theirs.append(b)
            ratio = statistics.median(a / b for a, b in zip(ours, theirs))
            goal = f" (goal 1.30: {'met' if ratio <= 1.3 else 'NOT met'})" if name == "redis-cli" else ""
            print(f"  zosh {median(ours)}   {name} {median(theirs)}   zosh/{name} {ratio:.2f}{goal}")


main()
