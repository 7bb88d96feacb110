import ZoshKit

struct JobsTimer: Command {
    let signature = Signature(
        "jobs timer", "Print a systemd timer and a cron line that run 'jobs due' every minute; install nothing",
        facts: [.isBesideTheWork], effect: .local)
    let examples = [Example("jobs timer", "with the folders and the key file in use now")]

    let timed: any DueJobs

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let program = timed.program
        var outcome = RowOutcome()
        if !program.opensStore {
            outcome.notes = [
                "A timer cannot type a passphrase: make a key file with 'vault keygen FILE', add it to the store "
                    + "with 'vault slots add key-file FILE', and print this again with ZOSH_KEY_FILE set to it"
            ]
        }
        var columns = Columns.exactly(["line"])
        columns.isText = true
        let lines = TimerText.lines(program)
        return RowStream(columns, rows: lines.map { ["line": .string($0)] }, outcome: outcome)
    }
}

/// The files of a timer, as systemd.service(5), systemd.timer(5) and crontab(5) want them written.
enum TimerText {
    static func lines(_ program: TimedProgram) -> [String] {
        let settings = program.environment.map { "Environment=\(systemd("\($0.name)=\($0.value)"))" }
        return [
            "# ~/.config/systemd/user/zosh-due.service", "[Unit]", "Description=Run what is due in zosh", "",
            "[Service]", "Type=oneshot",
        ] + settings + [
            "ExecStart=\(systemd(program.path, isCommand: true)) jobs due", "",
            "# ~/.config/systemd/user/zosh-due.timer", "[Unit]", "Description=Run what is due in zosh every minute",
            "", "[Timer]", "OnCalendar=minutely", "AccuracySec=1s", "Persistent=true", "", "[Install]",
            "WantedBy=timers.target", "",
            "# Put these two files there, then:", "#   systemctl --user daemon-reload",
            "#   systemctl --user enable zosh-due.timer", "#   systemctl --user start zosh-due.timer",
            "#   loginctl enable-linger    (so that it also runs while you are not logged in)", "",
            "# Or, without systemd, this line in 'crontab -e':",
            "* * * * * "
                + (program.environment.map { "\($0.name)=\(cron($0.value)) " } + ["\(cron(program.path)) jobs due"])
                .joined(),
        ]
    }

    /// In double quotes, its specifiers (`%`) and, of a command, its variables (`$`) doubled.
    private static func systemd(_ text: String, isCommand: Bool = false) -> String {
        var quoted = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("%", with: "%%")
        if isCommand { quoted = quoted.replacing("$", with: "$$") }
        return "\"\(quoted)\""
    }

    /// For the shell that cron starts; a `%` would end the line.
    private static func cron(_ text: String) -> String {
        "'\(text.replacing("'", with: "'\\''"))'".replacing("%", with: "\\%")
    }
}
