"""Opening the store: by key file, by passphrase, by the session's keyring; `redis-cli PING` beside it.

Usage: vault.py ZOSH ZOHO_EMULATOR. Every run is a whole process, `zosh -c 'connections list'`, from fork to exit. The
passphrase is printed by a key command, since nobody types here; its time is that of scrypt at the cost this machine
was given, and of starting a shell.
"""
import json, os, shutil, statistics, subprocess, sys, tempfile, time
from measure import free_port, median, started

RUNS = 15
LINE = ["-c", "connections list"]


def main():
    zosh, emulator = sys.argv[1:3]
    server = subprocess.Popen([emulator, "--users", "5"], stdout=subprocess.PIPE)
    try:
        with tempfile.TemporaryDirectory() as folder:
            measure(zosh, json.loads(server.stdout.readline()), folder)
    finally:
        server.terminate()
        server.wait()


def measure(zosh, world, folder):
    key = os.path.join(folder, "key")
    bare = {
        **os.environ, "ZOSH_HOME": os.path.join(folder, "zosh"), "ZOSH_ACCOUNTS_URL": world["accounts"],
        "ZOSH_API_URL": world["api"], "ZOHO_CLIENT_ID": world["client_id"], "ZOHO_CLIENT_SECRET": world["client_secret"],
    }
    file = {**bare, "ZOSH_KEY_FILE": key}
    command = {**bare, "ZOSH_KEY_COMMAND": "echo correct horse"}

    def run(environment, *words, answer=""):
        return subprocess.run([zosh, *words], env=environment, check=True, capture_output=True, input=answer.encode()).stdout

    run(file, "vault", "keygen", key)
    run(file, "auth", "login", "bench", "--self-client", answer=world["grant_code"])
    run(file, "vault", "slots", "add", "passphrase", answer="correct horse\n")
    slots = json.loads(run(file, "--format", "json", "vault", "slots", "list"))
    memory = next(slot["guess_memory_mib"] for slot in slots if slot["kind"] == "passphrase")

    def timed(argv, environment, before=None):
        seconds = []
        for number in range(RUNS + 1):
            if before:
                before()
            start = time.perf_counter()
            subprocess.run(argv, env=environment, check=True, stdout=subprocess.DEVNULL)
            if number:  # the first is a warm-up
                seconds.append(time.perf_counter() - start)
        return seconds

    def forget():
        run(command, "vault", "lock")

    print(f"a whole `zosh {LINE[0]} '{LINE[1]}'`, median of {RUNS} (ms)")
    print(f"  no store          {median(timed([zosh, '-c', 'version'], bare))}   (`version`: what starting costs)")
    print(f"  key file          {median(timed([zosh, *LINE], file))}")
    print(f"  passphrase        {median(timed([zosh, *LINE], command, forget))}   ({memory} MiB a guess)")
    if subprocess.run([zosh, *LINE], env=bare, capture_output=True).returncode:
        print("  session keyring   skipped: this system keeps no keys for a session")
        return
    session = timed([zosh, *LINE], bare)
    print(f"  session keyring   {median(session)}")
    if shutil.which("redis-server") and shutil.which("redis-cli"):
        port = free_port()
        with started(["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder], port):
            ping = timed(["redis-cli", "-p", str(port), "PING"], bare)
            ratio = statistics.median(a / b for a, b in zip(session, ping))
            print(f"  redis-cli PING    {median(ping)}   zosh by session keyring / redis-cli {ratio:.2f}")
    else:
        print("  skipped: redis-cli PING (no redis-server)")
    forget()


main()
