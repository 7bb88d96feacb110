internal import Glibc

/// A file that has no name: no other process can open it, and it is gone with its descriptor.
enum UnnamedFile {
    /// Not in Swift's view of <fcntl.h>, where it is an expression.
    private static let withoutName: Int32 = 0o20000000 | O_DIRECTORY

    static func open(in directory: String) throws(VaultError) -> Descriptor {
        do throws(VaultError) {
            // A link to a directory is the user's own arrangement; the dot follows it.
            return try Descriptor(opening: directory + "/.", flags: withoutName | O_RDWR)
        } catch .system(_, let code) where [EOPNOTSUPP, EISDIR, EINVAL].contains(code) {
            // A file system that cannot: a name that cannot be guessed, taken away at once.
            let path = "\(directory)/.zosh-\(RecordID())"
            let file = try Descriptor(opening: path, flags: O_RDWR | O_CREAT | O_EXCL)
            guard unlink(path) == 0 else { throw .system("removing \(path)", code: errno) }
            return file
        }
    }
}
