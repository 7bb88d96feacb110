import ArgumentParser
import Dispatch
import Glibc
import LineEditor
import ZoshKit

/// The entry point: the only place that exits.
///
/// Order matters. Signals are blocked before any thread exists, and the process is made unreadable to others before
/// the first secret is.
@main
enum Main {
    static func main() {
        signal(SIGPIPE, SIG_IGN)
        let arguments: Arguments
        do { arguments = try Arguments.read(Array(CommandLine.arguments.dropFirst())) } catch { leave(error) }
        if let information = arguments.information {
            print(information)
            exit(ExitStatus.done.rawValue)
        }
        let running = RunningLine()
        let post = SignalPost(running: running)
        SignalWatch.install { post.receive($0) }
        Hardening.apply()
        Task.detached {
            let status = await Launch(arguments: arguments, running: running, post: post).run()
            exit(status.rawValue)
        }
        dispatchMain()
    }

    /// Help and versions end with 0, mistakes with 2.
    private static func leave(_ error: any Error) -> Never {
        let isMistake = !Arguments.exitCode(for: error).isSuccess
        let text = Arguments.fullMessage(for: error) + "\n"
        _ = text.withCString { write(isMistake ? 2 : 1, $0, strlen($0)) }
        exit(isMistake ? ExitStatus.usage.rawValue : ExitStatus.done.rawValue)
    }
}
