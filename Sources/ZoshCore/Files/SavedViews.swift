internal import Glibc
internal import Synchronization
public import ZoshKit

/// Which columns a person wants to see of which command, kept between sessions: `set columns a,b --for 'users list'`.
///
/// One small JSON file, read when the first table is drawn. It holds names of commands and fields, no data. Views shape
/// tables on terminals only, so that no script's output depends on whose machine it runs on.
public final class SavedViews: Sendable {
    private let path: String?
    private let state = Mutex<[String: [FieldPath]]?>(nil)

    /// - Parameter path: the file; nil remembers nothing beyond this process.
    public init(at path: String?) { self.path = path }

    /// The columns saved for a command; nil when there are none, or the file cannot be read.
    public func columns(for command: String) -> [FieldPath]? { (try? all())?[command] }

    /// - Throws: `ZoshError` when the file is there and cannot be read.
    func all() throws -> [String: [FieldPath]] {
        try state.withLock { state in
            if let state { return state }
            let found = try path.map(Self.read) ?? [:]
            state = found
            return found
        }
    }

    /// - Parameter columns: nil forgets the view.
    func set(_ columns: [FieldPath]?, for command: String) async throws {
        var views = try all()
        views[command] = columns
        if let path { try await Self.write(views, to: path) }
        let changed = views
        state.withLock { $0 = changed }
    }

    private static func read(_ path: String) throws -> [String: [FieldPath]] {
        let file: OpenFile
        do { file = try OpenFile(path) } catch let error as ZoshError where error.kind == .notFound { return [:] }
        guard let value = try? JSONReader.value(of: try file.readAll()), let row = value.row else {
            throw ZoshError(.local, "the saved views in '\(path)' cannot be read", remedy: "repair or remove the file")
        }
        let views = row.fields.compactMap { name, value in
            value.list.map { (name, $0.compactMap(\.string).map { FieldPath($0) }) }
        }
        return Dictionary(views, uniquingKeysWith: { $1 })
    }

    private static func write(_ views: [String: [FieldPath]], to path: String) async throws {
        // The folder may be missing; whatever else is wrong with it, opening the file tells.
        for slash in path.indices.dropFirst() where path[slash] == "/" { mkdir(String(path[..<slash]), 0o700) }
        let row = Row(
            views.sorted { $0.key < $1.key }.map { ($0.key, .list($0.value.map { .string($0.description) })) })
        let draft = try FileDraft(path, .replace)
        do {
            try await draft.write(Array((JSONWriter.text(.row(row), indent: 2) + "\n").utf8))
            try await draft.commit()
        } catch {
            await draft.discard()
            throw error
        }
    }
}
