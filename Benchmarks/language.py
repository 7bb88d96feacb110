"""The language: what a command costs, what checking a script costs, and a million rows beside jq and sqlite3.

Usage: language.py ZOSH. No network and no store: everything here works on files of its own.
"""
import json, os, random, shutil, statistics, subprocess, sys, tempfile, time

LINES, ROWS, RUNS = 10_000, 1_000_000, 3


def run(argv, environment=None, stdin=None):
    """Seconds and peak memory in MiB of a run whose output is thrown away."""
    start = time.perf_counter()
    with open(os.devnull, "wb") as nothing:
        process = subprocess.Popen(argv, env=environment, stdin=stdin or subprocess.DEVNULL, stdout=nothing, stderr=subprocess.PIPE)
        errors = process.stderr.read().decode()
        _, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - start
    if status:
        raise SystemExit(f"{argv[:3]} ended with {status >> 8}: {errors[-300:]}")
    return took, usage.ru_maxrss / 1024


def script(folder, name, lines):
    path = os.path.join(folder, name)
    with open(path, "w") as file:
        file.writelines(line + "\n" for line in lines)
    return path


def typical(count, folder):
    """Lines as scripts have them: comments, look-ups, checks, variables, changes. What they name is there."""
    people = os.path.join(folder, "people.csv")
    with open(people, "w") as file:
        file.write("email\nada@example.com\n")
    kinds = [
        "# a remark about line {n}",
        "users lookup user{n}@example.com | assert status == active",
        "let x{n} = users list role=CEO | where created_time < 30d ago | select id, email",
        "users update user{n}@example.com city='Berlin' --yes",
        f"open '{people}' | where email ~ '@example.com$' | save '{folder}/kept{{n}}.csv' --force",
    ]
    return [kinds[n % len(kinds)].format(n=n) for n in range(count)]


def per_command(zosh, environment, folder):
    one, many = script(folder, "one.zosh", ["version"]), script(folder, "many.zosh", ["version"] * LINES)
    costs = [run([zosh, "-f", many], environment)[0] - run([zosh, "-f", one], environment)[0] for _ in range(RUNS + 1)][1:]
    print(f"one command in a script of {LINES:,}: {statistics.median(costs) / LINES * 1e6:.1f} µs (goal 50)")


def check(zosh, environment, folder):
    one, many = script(folder, "short.zosh", typical(1, folder)), script(folder, "long.zosh", typical(LINES, folder))
    costs = [run([zosh, "--demo", "-f", many, "--check"], environment)[0] - run([zosh, "--demo", "-f", one, "--check"], environment)[0] for _ in range(RUNS + 1)][1:]
    print(f"a script of {LINES:,} lines checked whole and listed: {statistics.median(costs) * 1000:.0f} ms (goal 100)")


def rows(path):
    chance = random.Random(7)
    names, roles = ["Ada", "Grace", "Kurt", "Emmy", "Zoë"], ["CEO", "Sales EU", "Sales US", "Support"]
    with open(path, "w") as file:
        for n in range(ROWS):
            file.write(json.dumps({
                "id": str(4150868000000000000 + n * 13), "full_name": chance.choice(names), "email": f"user{chance.randrange(ROWS)}@example.com",
                "status": chance.choice(["active", "active", "active", "disabled"]), "role": {"name": chance.choice(roles), "id": "91"},
                "created_time": f"20{chance.randrange(10, 26)}-0{chance.randrange(1, 10)}-1{chance.randrange(10)}T0{chance.randrange(10)}:00:00+02:00",
                "confirm": True}, ensure_ascii=False) + "\n")


def million(zosh, environment, folder):
    path = os.path.join(folder, "rows.ndjson")
    rows(path)
    condition, sort, pick = "where status == active", "sort -created_time", "select id, email, role.name as role"
    rivals = {
        "where | select": {
            "zosh": [zosh, "--format", "ndjson", "-c", f"open '{path}' | {condition} | {pick}"],
            "jq": ["jq", "-c", 'select(.status == "active") | {id, email, role: .role.name}', path],
        },
        "where | sort | select": {
            "zosh": [zosh, "--format", "ndjson", "-c", f"open '{path}' | {condition} | {sort} | {pick}"],
            "jq": ["jq", "-c", "-s", 'map(select(.status == "active")) | sort_by(.created_time) | reverse | .[] | {id, email, role: .role.name}', path],
            "sqlite3": ["sqlite3", ":memory:", "create table t(j)", ".mode ascii", '.separator "\\037" "\\n"', f".import '{path}' t",
                        "select json_object('id', j->>'id', 'email', j->>'email', 'role', j->>'$.role.name') from t "
                        "where j->>'status' = 'active' order by j->>'created_time' desc"],
        },
        "group | sort": {
            "zosh": [zosh, "--format", "ndjson", "-c", f"open '{path}' | group email | sort -count | first 10"],
        },
    }
    for what, commands in rivals.items():
        for name in [name for name in commands if not os.path.exists(commands[name][0]) and not shutil.which(name)]:
            print(f"{what}: {name} skipped, not installed")
            del commands[name]
        seen = {name: [] for name in commands}
        for _ in range(RUNS):
            for name, argv in commands.items():
                seen[name].append(run(argv, environment))
        print(f"{ROWS:,} rows, {what}: " + ", ".join(
            f"{name} {statistics.median(t for t, _ in runs):.1f} s {max(m for _, m in runs):.0f} MiB" for name, runs in seen.items()))


def main():
    zosh = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "ZOSH_HOME": os.path.join(folder, "zosh"), "TMPDIR": folder}
        per_command(zosh, environment, folder)
        check(zosh, environment, folder)
        million(zosh, environment, folder)


main()
