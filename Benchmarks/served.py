"""Pages of an emulated organisation, served by nginx from files: what answers takes no part of the processors measured.

`Served` fetches them from an emulator once and writes them down; `Served.at(milliseconds)` is a running server that
waits so long before each reply. Whatever is no page (logins, the organisation) goes on to the emulator. Needs nginx with
its echo module, which is what waits.
"""
import contextlib, json, os, re, shutil, subprocess, urllib.request
from concurrent.futures import ThreadPoolExecutor
from measure import access_token, free_port

PER_PAGE, PER_LOOKUP, AT_ONCE = 200, 100, 10
ECHO = "/usr/lib/nginx/modules/ngx_http_echo_module.so"


def missing():
    """What is missing for serving, as text; None when nothing is."""
    return next((f"no {name}" for name, there in [
        ("nginx", shutil.which("nginx")), ("nginx module echo", os.path.exists(ECHO)), ("curl", shutil.which("curl"))]
        if not there), None)


class Served:
    def __init__(self, world, code, users, folder):
        self.world, self.users, self.folder = world, users, folder
        self.token = access_token(world, code)
        self.pages = self.last = users // PER_PAGE
        for name in ("pages", "ids"):
            os.makedirs(os.path.join(folder, name))
        os.chmod(folder, 0o755)
        ids = []
        with ThreadPoolExecutor(4) as pool:
            for page in pool.map(self.fetch_page, range(1, self.pages + 1)):
                ids += page
        self.chunks = [ids[at:at + PER_LOOKUP] for at in range(0, len(ids), PER_LOOKUP)]
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(self.fetch_chunk, self.chunks))
        self.write("count.json", json.dumps({"count": users}).encode())
        # Zoho lets an organisation of the standard edition have ten calls open at once.
        self.write("org.json", re.sub(rb'("paid_type":\s*)"\w+"', rb'\1"standard"', self.fetch("/org")))

    def write(self, name, data):
        with open(os.path.join(self.folder, name), "wb") as file:
            file.write(data)

    def fetch(self, target):
        request = urllib.request.Request(
            f"{self.world['api']}/crm/v8{target}", headers={"Authorization": f"Zoho-oauthtoken {self.token}"})
        with urllib.request.urlopen(request) as reply:
            return reply.read()

    def fetch_page(self, number):
        data = self.fetch(f"/users?page={number}&per_page={PER_PAGE}&type=AllUsers")
        self.write(f"pages/{number}.json", data)
        # In a file an id whose last digits are zeros is refused: spreadsheets make such of others.
        return [user["id"] for user in json.loads(data)["users"] if not user["id"].endswith("0000")]

    def fetch_chunk(self, ids):
        self.write(f"ids/{ids[0]}.json", self.fetch("/users?ids=" + ",".join(ids)))

    def email(self, number):
        """The address of the user so far down the first page, as bytes."""
        return json.loads(self.read("pages/1.json"))["users"][number - 1]["email"].encode()

    def limit(self, pages):
        """From now on the organisation has so many pages, made of the first ones under other ids as far as need be."""
        self.say_more(self.last, b"true")
        for number in range(self.pages + 1, pages + 1):
            turn = b"%d" % (1000 + (number - 1) // self.pages)
            data = self.read(f"pages/{(number - 1) % self.pages + 1}.json")
            self.write(f"pages/{number}.json", re.sub(rb'"id":"\d{4}', b'"id":"' + turn, data))
        self.say_more(pages, b"false")
        self.last = pages
        self.write("count.json", json.dumps({"count": pages * PER_PAGE}).encode())

    def say_more(self, number, more):
        name = f"pages/{number}.json"
        self.write(name, re.sub(rb'("more_records":)(true|false)', rb"\1" + more, self.read(name)))

    def read(self, name):
        with open(os.path.join(self.folder, name), "rb") as file:
            return file.read()

    @contextlib.contextmanager
    def at(self, milliseconds):
        """The emulated world with a server in it that answers after so long."""
        port, accounts = free_port(), free_port()
        file = os.path.join(self.folder, f"nginx-{port}.conf")
        wait = f"echo_sleep {milliseconds / 1000}; " if milliseconds else ""
        answer = (lambda path: f"{wait}echo_exec {path};") if wait else (lambda path: f"rewrite ^ {path} last;")
        with open(file, "w") as out:
            out.write(f"""
load_module {ECHO};
daemon off; master_process off; pid {self.folder}/nginx-{port}.pid; error_log {self.folder}/nginx.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; default_type application/json;
  large_client_header_buffers 8 32k; client_body_temp_path {self.folder}/b; proxy_temp_path {self.folder}/p;
  fastcgi_temp_path {self.folder}/f; uwsgi_temp_path {self.folder}/u; scgi_temp_path {self.folder}/s;
  map $args $wanted {{ "~ids=(?<first>\\d+)" /ids/$first.json; "~type=CurrentUser" /other;
    "~(^|&)page=(?<number>\\d+)" /pages/$number.json; default /other; }}
  server {{
    listen 127.0.0.1:{port};
    root {self.folder};
    location = /crm/v8/users {{ {answer("$wanted")} }}
    location = /crm/v8/users/actions/count {{ {answer("/count.json")} }}
    location = /crm/v8/org {{ rewrite ^ /org.json last; }}
    location /pages/ {{ internal; }}
    location /ids/ {{ internal; }}
    location = /count.json {{ internal; }}
    location = /org.json {{ internal; }}
    location / {{ proxy_pass {self.world["api"]}$request_uri; }}
  }}
  # Where logins go: the reply with the token names the server of the pages.
  server {{
    listen 127.0.0.1:{accounts};
    location / {{ proxy_pass {self.world["accounts"]}$request_uri; proxy_http_version 1.1;
      sub_filter_types *; sub_filter_once off; sub_filter "{self.world["api"]}" "http://127.0.0.1:{port}"; }}
  }}
}}
""")
        server = subprocess.Popen(["nginx", "-e", f"{self.folder}/nginx.log", "-c", file])
        address = f"http://127.0.0.1:{port}"
        try:
            while server.poll() is None:
                with contextlib.suppress(OSError), urllib.request.urlopen(address + "/crm/v8/org"):
                    break
            yield {**self.world, "api": address, "accounts": f"http://127.0.0.1:{accounts}"}
        finally:
            server.terminate()
            server.wait()

    def curl(self, address, targets):
        """The arguments of a curl that fetches these, as many at once as zosh may."""
        file = os.path.join(self.folder, "curl.conf")
        with open(file, "w") as out:
            out.write(f'header = "Authorization: Zoho-oauthtoken {self.token}"\n')
            for target in targets:
                out.write(f'url = "{address}/crm/v8{target}"\noutput = "/dev/null"\n')
        return ["curl", "--silent", "--fail", "--parallel", "--parallel-max", str(AT_ONCE), "--config", file]

    def page_targets(self, pages):
        return [f"/users?page={page}&per_page={PER_PAGE}&type=AllUsers" for page in range(1, pages + 1)]

    def lookup_targets(self):
        return ["/users?ids=" + ",".join(chunk) for chunk in self.chunks]
