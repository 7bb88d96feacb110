internal import CLinux
internal import Glibc

/// What a process does before it reads its first secret.
public enum ProcessHardening {
    /// Keeps other programs of the same user out of this process's memory and
    /// keeps that memory off the disk: no ptrace, no /proc/PID/mem, no core file.
    ///
    /// For an ordinary user it also closes our own /proc/self/environ and
    /// similar files. Root is not kept out by anything.
    public static func protectMemory() throws(VaultError) {
        // The one is worth having without the other.
        let coreFiles = zosh_forbid_core_files() == 0 ? 0 : errno
        guard zosh_make_undumpable() == 0, zosh_is_dumpable() == 0 else {
            throw .system("protecting the memory of the process", code: errno)
        }
        guard coreFiles == 0 else { throw .system("forbidding core files", code: coreFiles) }
    }

    /// Overwrites the value of an environment variable, also where
    /// /proc/PID/environ shows it, and removes it. Call it after reading the
    /// value and before starting threads that read the environment.
    ///
    /// - Returns: whether there was such a variable.
    @discardableResult
    public static func eraseEnvironment(_ name: String) -> Bool {
        zosh_erase_environment(name) > 0
    }
}
