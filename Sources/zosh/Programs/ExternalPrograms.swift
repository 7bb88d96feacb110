import CLinux
import Glibc
import ZoshCore
import ZoshKit

/// Starts the programs of `!prog`: in a session of their own, so that none types into our terminal, with an empty
/// keyring, and with our environment without `ZOSH_*` and `ZOHO_*`. They end with us, and so does what they start.
struct ExternalPrograms: ProgramStarting {
    let narrator: Narrator

    func start(_ words: [String], hasInput: Bool) throws -> any RunningProgram {
        guard let name = words.first else { throw ZoshError(.bug, "a program without a name was started") }
        let path = try Self.path(of: name)
        let input = try Pipes()
        let output = try Pipes()
        let errors = try Pipes()
        if !hasInput { input.closeWriting() }
        var pid: CInt = 0
        let failed = withCStrings(words) { arguments in
            var environment = Self.environment
            return zosh_spawn_apart(
                path, arguments, &environment, input.reading, output.writing, errors.writing, CInt(ZOSH_LEADING), &pid)
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

    /// As `sh` finds it.
    private static func path(of name: String) throws -> String {
        if name.contains("/") { return name }
        let folders = getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
        for folder in folders.split(separator: ":") where access("\(folder)/\(name)", X_OK) == 0 {
            return "\(folder)/\(name)"
        }
        throw ZoshError(.local, "there is no program '\(name)'", remedy: "check its name, or give its path: !./\(name)")
    }

    /// The entries themselves, byte by byte: what is not UTF-8 must reach a program as it is.
    private static var environment: [UnsafeMutablePointer<CChar>?] {
        var entries: [UnsafeMutablePointer<CChar>?] = []
        var next = environ
        while let entry = next.pointee {
            if strncmp(entry, "ZOSH_", 5) != 0, strncmp(entry, "ZOHO_", 5) != 0 { entries.append(entry) }
            next += 1
        }
        return entries + [nil]
    }

    private func withCStrings<R>(_ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> R)
        -> R
    {
        var pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) } + [nil]
        defer { pointers.forEach { free($0) } }
        // An empty array is impossible here: the last pointer is always there.
        return pointers.withUnsafeMutableBufferPointer { $0.baseAddress.map(body) }!
    }
}
