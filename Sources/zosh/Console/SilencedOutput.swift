import ZoshCore

/// Results of an abandoned line: dropped once the sign is set, so that they cannot land in the prompt.
struct SilencedOutput: ByteSink {
    let output: any ByteSink
    let silence: SharedFlag

    func write(_ bytes: [UInt8]) async throws {
        if !silence.isSet { try await output.write(bytes) }
    }
}
