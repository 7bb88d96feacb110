import CLinux
import Glibc
import ZoshCore
import ZoshKit

/// Starts the programs of `!prog`: in their own session, so that none types into our terminal, with an empty
/// keyring, and with our environment without `ZOSH_*` and `ZOHO_*`. They end with us, and so does what they start.
struct ExternalPrograms: ProgramStarting {
    let narrator: Narrator

    func start(_ words: [String], hasInput: Bool) throws -> any RunningProgram {
        guard let name = words.first else { throw ZoshError(.bug, "a program without a name was started") }
        guard let path = ProgramPath.of(name) else {
            throw ZoshError(
                .local, "there is no program '\(name)'", remedy: "check its name, or give its path: !./\(name)")
        }
        let input = try Pipes()
        let output = try Pipes()
        let errors = try Pipes()
        if !hasInput { input.closeWriting() }
        var pid: CInt = 0
        let failed = withCStrings(words) { arguments in
            zosh_spawn_apart(
                path, arguments, nil, input.reading, output.writing, errors.writing, CInt(ZOSH_LEADING), &pid)
                != 0
        }
        if failed, errno == ENOPKG {
            throw ZoshError(
                .local, "'\(name)' is not run: zosh-confine is missing beside zosh",
                remedy: "put zosh-confine, built with zosh, into the same folder")
        }
        if failed {
            throw ZoshError(.local, "'\(name)' cannot be started: \(String(cString: strerror(errno)).lowercased())")
        }
        input.closeReading()
        output.closeWriting()
        errors.closeWriting()
        return ExternalProcess(pid, name, input: input, output: output, errors: errors, narrator)
    }
}
