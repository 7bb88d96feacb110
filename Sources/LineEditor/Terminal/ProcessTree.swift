internal import Glibc

/// The programs that a process has started, and what these have started: they stop and continue with it, whatever
/// session they are in and whatever they do with their own ^Z.
public enum ProcessTree {
    /// Stops this process and all it has started; comes back when it is continued, and they continue with it.
    public static func stopSelf() {
        let stopped = stop(descendants(of: getpid()))
        // This thread takes it, so that nothing here runs before all of us are continued.
        pthread_kill(pthread_self(), SIGSTOP)
        resume(stopped)
    }

    /// All that a process has started, parents before children; empty where there is no /proc.
    static func descendants(of process: pid_t) -> [pid_t] {
        var found: [pid_t] = []
        var open = children(of: process)
        while let next = open.popLast() {
            guard !found.contains(next) else { continue }
            found.append(next)
            open += children(of: next)
        }
        return found
    }

    /// Stops those that are not stopped yet.
    /// - Returns: the ones that were running.
    static func stop(_ processes: [pid_t]) -> [pid_t] {
        let running = processes.filter { !isStopped($0) }
        for process in running { kill(process, SIGSTOP) }
        return running
    }

    static func resume(_ processes: [pid_t]) {
        for process in processes { kill(process, SIGCONT) }
    }

    /// Whether the process is stopped, or gone.
    static func isStopped(_ process: pid_t) -> Bool {
        // "12 (a name) T …"; the name may hold anything.
        guard let text = read("/proc/\(process)/stat"), let end = text.lastIndex(of: UInt8(ascii: ")")),
            end + 2 < text.count
        else { return true }
        return "TtZX".utf8.contains(text[end + 2])
    }

    /// Any thread of a process may have started a program.
    private static func children(of process: pid_t) -> [pid_t] {
        guard let folder = opendir("/proc/\(process)/task") else { return [] }
        defer { closedir(folder) }
        var found: [pid_t] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard let thread = pid_t(name), let text = read("/proc/\(process)/task/\(thread)/children") else {
                continue
            }
            found += String(decoding: text, as: UTF8.self).split(separator: " ").compactMap { pid_t($0) }
        }
        return found
    }

    private static func read(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            guard count > 0 else { return bytes }
            bytes += chunk[..<count]
        }
    }
}
