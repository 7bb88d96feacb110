import ArgumentParser
import CLinux
import Dispatch
import Glibc
import LineEditor
import ZoshCore
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
        var words: [String] = []
        do {
            words = try StartingText.arguments()
            try StartingText.checkEnvironment()
            arguments = try Arguments.read(words)
        } catch let error as ZoshError {
            let text = "zosh: " + (error.problem + (error.remedy.map { "; " + $0 } ?? "")).neutralised
            leave(text, error, words)
        } catch {
            leave(error, words)
        }
        if let information = arguments.information {
            print(information)
            exit(ExitStatus.done.rawValue)
        }
        let running = RunningLine()
        let post = SignalRouter(running: running)
        SignalWatch.install { post.receive($0) }
        Hardening.apply()
        Task.detached {
            let status = await Launch(arguments: arguments, running: running, post: post).run()
            exit(status.rawValue)
        }
        dispatchMain()
    }

    private static func leave(_ text: String, _ error: ZoshError, _ words: [String]) -> Never {
        let json = Arguments.askForJSON(words) ? ErrorRenderer().json(error, in: nil) + "\n" : ""
        _ = (text + "\n" + json).withCString { write(2, $0, strlen($0)) }
        exit(ExitStatus.usage.rawValue)
    }

    /// Help and versions end with 0, mistakes with 2.
    private static func leave(_ error: any Error, _ words: [String]) -> Never {
        let text = Arguments.fullMessage(for: error)
        guard Arguments.exitCode(for: error).isSuccess else {
            leave(text, ZoshError(.usage, Arguments.message(for: error), remedy: "zosh --help"), words)
        }
        _ = (text + "\n").withCString { write(1, $0, strlen($0)) }
        exit(ExitStatus.done.rawValue)
    }
}
