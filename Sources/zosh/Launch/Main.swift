import ArgumentParser
import CLinux
import Dispatch
import Glibc
import LineEditor
import ZoshKit

/// The entry point: the only place that exits.
///
/// Order matters. The standard descriptors exist before anything is opened that could take their numbers. Signals are
/// blocked before any thread exists, and the process is made unreadable to others before the first secret is.
@main
enum Main {
    static func main() {
        // Without /dev/null there is nothing to stand in for a stream that is closed.
        if zosh_open_standard_descriptors() != 0 { exit(ExitStatus.failed.rawValue) }
        signal(SIGPIPE, SIG_IGN)
        let arguments: Arguments
        do {
            try StartingText.checkEnvironment()
            arguments = try Arguments.read(StartingText.arguments())
        } catch let error as ZoshError {
            leave(error.problem + (error.remedy.map { "; " + $0 } ?? ""))
        } catch {
            leave(error)
        }
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
            exit(post.status(status).rawValue)
        }
        dispatchMain()
    }

    private static func leave(_ problem: String) -> Never {
        _ = "zosh: \(problem.neutralised)\n".withCString { write(2, $0, strlen($0)) }
        exit(ExitStatus.usage.rawValue)
    }

    /// Help and versions end with 0, mistakes with 2.
    private static func leave(_ error: any Error) -> Never {
        let isMistake = !Arguments.exitCode(for: error).isSuccess
        let text = Arguments.fullMessage(for: error) + "\n"
        _ = text.withCString { write(isMistake ? 2 : 1, $0, strlen($0)) }
        exit(isMistake ? ExitStatus.usage.rawValue : ExitStatus.done.rawValue)
    }
}
