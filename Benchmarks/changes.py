"""2 000 users changed at 50 ms latency, beside curl sending the same requests one at a time; what finished jobs cost.

Usage: changes.py ZOSH ZOHO_EMULATOR. Both talk to the same emulator; each has an organisation of its own, of the same
size. zosh also reads every user before and after the change and writes a journal; curl only sends.
"""
import json, os, shutil, statistics, subprocess, sys, tempfile, time, urllib.request
from measure import access_token, emulated, median, sign_in, signed_in

USERS, CHANGED, LATENCY = 4_200, 2_000, 50
FEW, MANY, ROWS, ROUNDS = 10, 10_000, 100, 9
LINE = f"users list type=ActiveConfirmedUsers | where type__s == 'Regular User' | first {CHANGED} | users update city=Bern --yes --at-most {CHANGED}"


def main():
    zosh, emulator = sys.argv[1:3]
    with emulated(emulator, "--users", str(USERS), "--orgs", "2", "--latency", str(LATENCY)) as world, \
            tempfile.TemporaryDirectory() as folder:
        changes(zosh, world, folder)
    with tempfile.TemporaryDirectory() as folder, signed_in(zosh, emulator, 3 * ROWS, folder) as environment:
        finished(zosh, {**os.environ, **environment}, folder)


def changes(zosh, world, folder):
    mine, theirs = [grant["grant_code"] for grant in world["grants"]][:2]
    environment = {**os.environ, **sign_in(zosh, world, folder, mine)}
    start = time.perf_counter()
    ended = subprocess.run([zosh, "-c", LINE], env=environment, check=True, capture_output=True, text=True)
    ours = time.perf_counter() - start
    done = sum("\tdone\t" in line for line in ended.stdout.splitlines())
    assert done == CHANGED, f"{done} done: {ended.stderr}"
    if not shutil.which("curl"):
        return print(f"{CHANGED} changes at {LATENCY} ms: zosh {ours:.1f} s; skipped: curl")
    token = access_token(world, theirs)
    head = {"Authorization": f"Zoho-oauthtoken {token}"}
    ids = []
    for page in range(1, CHANGED // 200 + 4):
        request = urllib.request.Request(f"{world['api']}/crm/v8/users?type=ActiveConfirmedUsers&page={page}&per_page=200", headers=head)
        ids += [user["id"] for user in json.load(urllib.request.urlopen(request)).get("users", [])]
        if len(ids) >= CHANGED:
            break
    config = os.path.join(folder, "curl")
    with open(config, "w") as file:
        for number, user in enumerate(ids[:CHANGED]):
            file.write("next\n" if number else "")
            file.write(f'header = "Authorization: Zoho-oauthtoken {token}"\nheader = "Content-Type: application/json"\n')
            file.write('request = "PUT"\ndata = "{\\"users\\":[{\\"city\\":\\"Bern\\"}]}"\noutput = "/dev/null"\n')
            file.write(f'url = "{world["api"]}/crm/v8/users/{user}"\n')
    start = time.perf_counter()
    subprocess.run(["curl", "--silent", "--config", config], check=True)
    one = time.perf_counter() - start
    print(f"{CHANGED} changes at {LATENCY} ms: zosh {ours:.1f} s, curl one at a time {one:.1f} s, curl/zosh {one / ours:.1f}")


def finished(zosh, environment, folder):
    """What a command that reads the store takes, with few and with many finished jobs in it, each of a hundred rows.

    Of those rows the first is changed and the others are so already, so that ten thousand jobs take minutes, not hours.
    """
    people = subprocess.run(
        [zosh, "-c", f"users list type=ActiveConfirmedUsers | where type__s == 'Regular User' | skip 1 | first {ROWS} | select email"],
        env=environment, check=True, capture_output=True, text=True).stdout.split()
    assert len(people) == ROWS
    files = [os.path.join(folder, f"{city}.csv") for city in ("Bern", "Rome")]
    for path, city in zip(files, ("Bern", "Rome")):
        with open(path, "w") as file:
            file.writelines(["email,city\n"] + [f"{email},{city if email == people[0] else 'Paris'}\n" for email in people])
    script = os.path.join(folder, "jobs.zosh")

    def jobs(first, last):
        with open(script, "w") as file:
            file.writelines(
                f"users update --from {files[number % 2]} --yes --at-most {ROWS}\n" for number in range(first, last))
        subprocess.run([zosh, script], env=environment, check=True, capture_output=True)

    def timed(line):
        seconds = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            subprocess.run([zosh, "-c", line], env=environment, check=True, capture_output=True)
            seconds.append(time.perf_counter() - start)
        return seconds

    lines = ["connections list", "jobs list last=10"]
    jobs(0, FEW)
    few = {line: timed(line) for line in lines}
    jobs(FEW, MANY)
    for line in lines:
        many = timed(line)
        print(f"`zosh -c '{line}'` with {FEW} finished jobs of {ROWS} rows {median(few[line])} ms, with {MANY} {median(many)} ms, "
              f"ratio {statistics.median(many) / statistics.median(few[line]):.2f}")


main()
