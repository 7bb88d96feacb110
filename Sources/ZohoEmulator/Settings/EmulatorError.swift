/// Why an emulator could not start, as a sentence for the person who configured it.
public struct EmulatorError: Error, Sendable, CustomStringConvertible {
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
