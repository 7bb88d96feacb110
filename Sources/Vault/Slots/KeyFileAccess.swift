internal import CLinux
internal import Glibc

/// Which file may be a key file: one of ours that is closed to others, or a secret as Kubernetes and systemd mount
/// them.
///
/// Those belong to root, are open to us by their group or an access list, and Kubernetes reaches them through links
/// (`key` → `..data/key`, `..data` → a folder with a date). A link is followed only inside one folder that belongs to
/// root and that others cannot change; what counts is the file itself, looked at once it is open.
enum KeyFileAccess {
    private static let otherWay = "or set ZOSH_KEY_COMMAND to a program that prints a passphrase"

    static func open(_ path: String) throws(VaultError) -> Descriptor {
        let linked = try? isLink(path)
        let file: Descriptor
        do {
            file = linked == true ? try opened(throughLink: path) : try Descriptor(opening: path, flags: O_RDONLY)
        } catch .insecure(_, let problem, _) where problem == VaultError.unreadable {
            // The owner of a mounted secret is root, whose file it has to stay.
            throw .insecure(
                path: path, VaultError.unreadable,
                fix: "let this user read it (its own file with mode 0400, or root's with this user's group and mode "
                    + "0440), \(otherWay)")
        }
        let about = try file.status()
        let isOwn = about.st_uid == geteuid()
        guard linked == true || (!isOwn && about.st_uid == 0 && about.st_mode & S_IFMT == S_IFREG) else {
            try Privacy.file.check(file, path: path)
            return file
        }
        guard about.st_mode & S_IFMT == S_IFREG else {
            throw .insecure(path: path, "does not lead to a regular file", fix: "name the key file itself, \(otherWay)")
        }
        guard isOwn || about.st_uid == 0 else {
            throw .insecure(
                path: path, "leads to a file of another user (\(about.st_uid))",
                fix: "run zosh as that user, \(otherWay)")
        }
        // The group's right to read is how a mount lets one user in who is not root, and what an access list looks
        // like.
        guard about.st_mode & (isOwn ? 0o077 : 0o037) == 0 else {
            throw .insecure(
                path: path, "is open to other users (mode 0\(String(about.st_mode & 0o777, radix: 8)))",
                fix: "mount it with mode 0400 (Kubernetes: defaultMode: 0400), \(otherWay)")
        }
        return file
    }

    private static func isLink(_ path: String) throws(VaultError) -> Bool {
        var about = stat()
        guard lstat(path, &about) == 0 else { throw .opening(path, errno) }
        return about.st_mode & S_IFMT == S_IFLNK
    }

    private static func opened(throughLink path: String) throws(VaultError) -> Descriptor {
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { String(path[...$0]) } ?? "."
        let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
        let number = zosh_open_mounted_link(folder, name)
        guard number < 0 else { return Descriptor(taking: number) }
        guard errno == ELOOP else { throw .opening(path, errno) }
        throw .insecure(
            path: path,
            "is a symbolic link, which is followed only inside a folder that belongs to root and that others cannot "
                + "change",
            fix: "name the file it leads to, \(otherWay)")
    }
}
