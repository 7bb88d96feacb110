"""What the measurements share: a pty that is timed, a server that is started and stopped, a median that is printed."""
import contextlib, json, os, pty, select, signal, socket, statistics, struct, subprocess, fcntl, termios, time, urllib.parse
import urllib.request


def median(seconds):
    return f"{statistics.median(seconds) * 1000:8.2f}"


def goal(text, value, limit):
    """Prints a ratio, or another figure, beside the one it should not be above."""
    print(f"  {text}: {value:.2f} (goal {limit:.2f}: {'met' if value <= limit else 'NOT met'})")


def timed(argv, environment, out=os.devnull, stdin=subprocess.DEVNULL):
    """Wall seconds, processor seconds, peak bytes of one run."""
    start = time.perf_counter()
    with open(out, "wb") as file:
        process = subprocess.Popen(argv, env=environment, stdin=stdin, stdout=file, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{argv[0]} ended with {process.returncode}")
    return time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


@contextlib.contextmanager
def started(argv, port):
    """Runs a server until the block ends; enters once its port accepts."""
    process = subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while process.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
                break
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(10)


def sign_in(zosh, world, folder, code):
    """Signs in at an emulated Zoho with one of its grant codes; the environment in which zosh is signed in."""
    environment = {
        "HOME": folder, "ZOSH_HOME": os.path.join(folder, "zosh"), "ZOSH_KEY_FILE": os.path.join(folder, "key"),
        "ZOSH_ACCOUNTS_URL": world["accounts"], "ZOSH_API_URL": world["api"],
        "ZOHO_CLIENT_ID": world["client_id"], "ZOHO_CLIENT_SECRET": world["client_secret"],
    }

    def run(*words, answer=""):
        subprocess.run([zosh, *words], env={**os.environ, **environment}, check=True, capture_output=True, input=answer.encode())

    run("vault", "keygen", environment["ZOSH_KEY_FILE"])
    run("auth", "login", "bench", "--self-client", answer=code)
    return environment


def access_token(world, code):
    """What a rival sends, for a grant code of its own."""
    form = urllib.parse.urlencode({
        "grant_type": "authorization_code", "client_id": world["client_id"], "client_secret": world["client_secret"], "code": code})
    return json.load(urllib.request.urlopen(world["accounts"] + "/oauth/v2/token", form.encode()))["access_token"]


@contextlib.contextmanager
def emulated(emulator, *options):
    """An emulated Zoho: what it says of itself when it is ready."""
    server = subprocess.Popen([emulator, *options], stdout=subprocess.PIPE)
    try:
        yield json.loads(server.stdout.readline())
    finally:
        server.terminate()
        server.wait()


@contextlib.contextmanager
def signed_in(zosh, emulator, users, folder):
    """The environment of somebody signed in at an emulated Zoho of so many people."""
    with emulated(emulator, "--users", str(users)) as world:
        yield sign_in(zosh, world, folder, world["grant_code"])


class Pty:
    """A program on a terminal of its own."""

    def __init__(self, argv, environment=None, columns=80, rows=24):
        self.start = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update({"TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **(environment or {})})
            try:
                os.execvp(argv[0], argv)
            finally:
                os._exit(127)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.seen = b""

    def until(self, wanted, since=None, limit=30):
        """Seconds from `since` (else the start) until the bytes appear; what follows them is kept."""
        since = since or self.start
        end = time.perf_counter() + limit
        while wanted not in self.seen:
            if time.perf_counter() > end:
                raise SystemExit(f"no {wanted!r} within {limit} s; the end of what came: {self.seen[-300:]!r}")
            if select.select([self.fd], [], [], 0.5)[0]:
                self.seen += os.read(self.fd, 65536)
        took = time.perf_counter() - since
        self.seen = self.seen.split(wanted, 1)[1]
        return took

    def answer(self, since, limit=10):
        """Seconds until the program writes anything at all."""
        if not select.select([self.fd], [], [], limit)[0]:
            raise SystemExit(f"no answer within {limit} s")
        took = time.perf_counter() - since
        self.seen += os.read(self.fd, 65536)
        return took

    def drain(self):
        """Reads what the program still has to say, until it is silent for 50 ms."""
        while select.select([self.fd], [], [], 0.05)[0]:
            self.seen += os.read(self.fd, 65536)

    def drain_quickly(self):
        """Reads what comes within 2 ms of the last piece: enough between two keys."""
        while select.select([self.fd], [], [], 0.002)[0]:
            self.seen += os.read(self.fd, 65536)

    def type(self, text):
        self.seen = b""
        # Before the write: on a busy machine the program may have answered before this one goes on.
        start = time.perf_counter()
        os.write(self.fd, text)
        return start

    def wait(self, limit=60):
        """Reads until the program has ended."""
        with contextlib.suppress(OSError):
            while select.select([self.fd], [], [], limit)[0] and os.read(self.fd, 65536):
                pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)
