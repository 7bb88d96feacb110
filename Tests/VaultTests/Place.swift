internal import Foundation
internal import Glibc
internal import ZoshTrust

@testable internal import Vault

/// A private directory of one test, with a key file and room for a store.
///
/// Kept until the process ends: a store may outlive the last use of its place.
struct Place: Sendable {
    private static let all: String = {
        atexit { try? FileManager.default.removeItem(atPath: Place.all) }
        return FileManager.default.temporaryDirectory.path + "/zosh-vault-\(RecordID())"
    }()

    /// What holds the places of this process.
    static var parent: String { all }

    let path: String

    init() throws {
        path = Self.all + "/\(RecordID())"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try KeyFile.generate(at: keyFile)
    }

    /// A place another process made.
    init(at path: String) { self.path = path }

    var keyFile: String { path + "/key" }
    var store: String { path + "/store" }
    var database: String { store + "/store.db" }

    /// A new store that the key file opens, unlocked.
    func makeStore() async throws -> SealedStore {
        let made = SealedStore(at: store)
        try await made.create(with: .keyFile(keyFile))
        return made
    }

    /// The store as another process would find it, unlocked.
    func openStore() async throws -> SealedStore {
        let opened = SealedStore(at: store)
        try await opened.unlock(with: .keyFile(keyFile))
        return opened
    }

    func bytes(_ file: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: URL(fileURLWithPath: file)))
    }

    func write(_ bytes: some Sequence<UInt8>, to file: String, mode: mode_t = 0o600) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        chmod(file, mode)
    }

    func mode(of file: String) -> mode_t {
        var about = stat()
        return lstat(file, &about) == 0 ? about.st_mode & 0o777 : 0
    }

    /// Every file below `path`, by name.
    func files() -> [String] {
        let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        return names.map { path + "/" + $0 }.filter {
            var isDirectory: ObjCBool = false
            return FileManager.default.fileExists(atPath: $0, isDirectory: &isDirectory) && !isDirectory.boolValue
        }
    }
}

extension Secret {
    var text: String { revealed() }
}
