/// A session as text: what the user types and what the shell prints, one file of them a `.zosht`.
///
/// ```
/// # a heading begins a new session
/// // users=25 width=80          how the session is set up
/// ~> users list limit=1        typed at the prompt
/// .. | select id               the same line, continued
/// << y                         the answer to a question it asks
/// 5725767000000411001          standard output, as it is
/// 2> one user                  standard error
/// => 3                         the exit status, when it is not 0
/// ~> :clock 3600               the machine's clock moves on by so many seconds
/// ```
///
/// Blank lines at the end of a step's output and before a heading carry no meaning.
public struct Transcript: Equatable, Sendable {
    public struct Session: Equatable, Sendable {
        public var heading: String
        public var setup: [String: String]
        public var steps: [Step]
    }

    public struct Step: Equatable, Sendable {
        public var input: String
        public var answers: [String]
        /// Output lines as they stand in the file, with their `2>` and `=>` marks.
        public var expected: [String]
    }

    public var sessions: [Session]

    public init(parsing text: String) {
        sessions = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if line.hasPrefix("# ") {
                sessions.append(Session(heading: String(line.dropFirst(2)), setup: [:], steps: []))
                continue
            }
            guard !sessions.isEmpty else { continue }
            let last = sessions.count - 1
            if line.hasPrefix("// ") {
                for pair in line.dropFirst(3).split(separator: " ") {
                    let halves = pair.split(separator: "=", maxSplits: 1)
                    sessions[last].setup[String(halves[0])] = halves.count > 1 ? String(halves[1]) : ""
                }
            } else if line.hasPrefix("~> ") {
                sessions[last].steps.append(Step(input: String(line.dropFirst(3)), answers: [], expected: []))
            } else if let step = sessions[last].steps.indices.last {
                if line.hasPrefix(".. ") {
                    sessions[last].steps[step].input += "\n" + line.dropFirst(3)
                } else if line.hasPrefix("<< ") {
                    sessions[last].steps[step].answers.append(String(line.dropFirst(3)))
                } else {
                    sessions[last].steps[step].expected.append(line)
                }
            }
        }
        for session in sessions.indices {
            for step in sessions[session].steps.indices {
                while sessions[session].steps[step].expected.last == "" {
                    sessions[session].steps[step].expected.removeLast()
                }
            }
        }
    }

    /// The file this transcript is.
    public var text: String {
        sessions.map { session in
            var lines = ["# \(session.heading)"]
            if !session.setup.isEmpty {
                lines.append(
                    "// "
                        + session.setup.sorted { $0.key < $1.key }.map {
                            $0.value.isEmpty ? $0.key : "\($0.key)=\($0.value)"
                        }.joined(separator: " "))
            }
            for step in session.steps {
                lines.append(
                    "~> "
                        + step.input.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n.. ")
                )
                lines += step.answers.map { "<< \($0)" }
                lines += step.expected
            }
            return lines.joined(separator: "\n") + "\n"
        }.joined(separator: "\n")
    }

    /// Output and status as a step expects them.
    public static func lines(output: String, errors: String, status: Int32) -> [String] {
        func split(_ text: String) -> [String] {
            var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            while lines.last == "" { lines.removeLast() }
            return lines
        }
        return split(output) + split(errors).map { "2> \($0)" } + (status == 0 ? [] : ["=> \(status)"])
    }
}
