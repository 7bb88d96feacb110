import Glibc

/// Which pager shows long results, and how it is started: as a viewer, never as a way to run other programs.
struct PagerProgram: Sendable {
    /// As it was named: `less -S`.
    let command: String
    /// Whether the settings or the environment name it.
    let wasChosen: Bool

    /// - Parameters:
    ///   - setting: what `set pager` says; nil asks the environment.
    ///   - environment: reads a variable.
    init(_ setting: String?, environment: (String) -> String? = { getenv($0).map { String(cString: $0) } }) {
        let names: [String] = ["ZOSH_PAGER", "PAGER"]
        let chosen = setting ?? names.lazy.compactMap(environment).first { !$0.isEmpty }
        command = chosen ?? "less"
        wasChosen = chosen != nil
    }

    /// Through `sh`, since the command may hold options.
    ///
    /// `less`, and `more` where it is the same program, run no shell, write no file and open no other one
    /// (`LESSSECURE`), and start no preprocessor (`LESSOPEN`): what shows rows of people must not become a shell
    /// through one key, nor write them to a file when the next command is typed into it. `more` of util-linux has no
    /// such switch, but starts what `SHELL` and `VISUAL` name. Colours are shown whatever `LESS` says; not clearing the
    /// screen and ending after a single one is what git tells `less`. A ^Z stops it
    /// (`LESSSECURE_ALLOW`, from less 643 on).
    var words: [String] {
        [
            "/bin/sh", "-c",
            "unset LESSOPEN LESSCLOSE; LESS=\"${LESS-FX} -R\" LV=\"${LV--c}\" LESSSECURE=1 "
                + "LESSSECURE_ALLOW=stop "
                + "SHELL=/bin/false VISUAL=/bin/false EDITOR=/bin/false; "
                + "export LESS LV LESSSECURE LESSSECURE_ALLOW SHELL VISUAL EDITOR; \(command)",
        ]
    }

    /// Whether its first word is a program; what only the shell can read is believed.
    var exists: Bool {
        let name = String(command.prefix { $0 != " " })
        guard name.allSatisfy({ $0.isLetter || $0.isNumber || "/._-+".contains($0) }) else { return true }
        return ProgramPath.of(name).map(ProgramPath.isProgram) == true
    }
}
