internal import Glibc
public import ZoshKit

/// A parameter a script declares, for completing `replay FILE name=`.
public struct ScriptParameter: Sendable, Hashable {
    public let name: String
    public let type: ValueType
    public let hasDefault: Bool

    public init(name: String, type: ValueType, hasDefault: Bool) {
        self.name = name
        self.type = type
        self.hasDefault = hasDefault
    }

    /// Parameters stand at the head of a script, so that more need not be read at a key press.
    private static let most = 64 * 1024

    /// What the file declares; empty where no script can be read there.
    /// - Parameter path: as typed, `~/` is the home directory.
    public static func declared(in path: String) -> [ScriptParameter] {
        // A pipe without a writer must not be waited for.
        let descriptor = open(FilePath.resolved(path), O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        var info = stat()
        guard fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { return [] }
        var bytes = [UInt8](repeating: 0, count: most)
        let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        return declared(inText: String(decoding: bytes.prefix(max(0, count)), as: UTF8.self))
    }

    static func declared(inText text: String) -> [ScriptParameter] {
        // The first line that is not a comment may be the script's header.
        var mayBeHeader = true
        let lines = text.split(separator: "\n").prefix { line in
            let line = line.drop { $0 == " " || $0 == "\t" || $0 == "\u{FEFF}" }
            if line.isEmpty || line.hasPrefix("#") { return true }
            defer { mayBeHeader = false }
            return mayBeHeader || line.hasPrefix(Keyword.declare.rawValue)
        }
        let parsed = Parser.parse(lines.joined(separator: "\n"))
        return parsed.lines.flatMap(\.statements).compactMap { statement in
            guard case .parameter(let declaration) = statement.body, let type = ScriptType.named(declaration.type.text)
            else {
                return nil
            }
            return ScriptParameter(
                name: declaration.name.text, type: type, hasDefault: declaration.defaultValue != nil)
        }
    }
}
