extension ZoshError {
    private static let cancelled = "this line was cancelled with job "

    /// Nothing more is done of a line whose job was given up.
    package static func ofCancelledLine(_ job: Int) -> ZoshError { ZoshError(.refused, "\(cancelled)\(job)") }

    /// Whether there is nothing left to be done because the person said so.
    package var isOfCancelledLine: Bool { kind == .refused && problem.hasPrefix(Self.cancelled) }
}
