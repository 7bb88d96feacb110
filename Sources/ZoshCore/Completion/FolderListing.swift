internal import Glibc
internal import ZoshKit

/// What a folder of this machine holds, for completing paths.
public enum FolderListing {
    /// More than this in one folder is not worth waiting for at a key press.
    private static let most = 5000

    /// Names in order; empty when the folder cannot be read.
    /// - Parameter path: as typed, `~/` is the home directory; empty means the working folder.
    public static func files(in path: String) -> [ListedFile] {
        guard let folder = opendir(path.isEmpty ? "." : FilePath.resolved(path)) else { return [] }
        defer { closedir(folder) }
        var files: [ListedFile] = []
        while files.count < most, let entry = readdir(folder) {
            let capacity = MemoryLayout.size(ofValue: entry.pointee.d_name)
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: capacity) { String(cString: $0) }
            }
            guard name != ".", name != ".." else { continue }
            files.append(ListedFile(name: name, isFolder: isFolder(Int32(entry.pointee.d_type), name, folder)))
        }
        return files.sorted { $0.name < $1.name }
    }

    /// A link counts as what it points at.
    private static func isFolder(_ type: Int32, _ name: String, _ folder: OpaquePointer) -> Bool {
        if type == Int32(DT_DIR) { return true }
        guard type == Int32(DT_LNK) || type == Int32(DT_UNKNOWN) else { return false }
        var info = stat()
        return fstatat(dirfd(folder), name, &info, 0) == 0 && info.st_mode & S_IFMT == S_IFDIR
    }
}
