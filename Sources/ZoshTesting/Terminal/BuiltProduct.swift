internal import Glibc

/// Finds an executable that the same build put beside the running tests.
public enum BuiltProduct {
    public struct Missing: Error, CustomStringConvertible {
        public let description: String
    }

    /// The path of the product `name`.
    public static func path(_ name: String) throws -> String {
        for argument in CommandLine.arguments + ["/proc/self/exe"] {
            let value = argument.split(separator: "=", maxSplits: 1).last.map(String.init) ?? argument
            guard let resolved = realpath(value, nil) else { continue }
            defer { free(resolved) }
            var folder = String(cString: resolved)
            while let slash = folder.lastIndex(of: "/"), slash > folder.startIndex {
                folder = String(folder[..<slash])
                let candidate = folder + "/" + name
                if isProgram(candidate) { return candidate }
                // Further up lie the package's own sources, not its products.
                if folder.hasSuffix("/debug") || folder.hasSuffix("/release") { break }
            }
        }
        throw Missing(description: "\(name) was not built beside the tests; build the whole package")
    }

    private static func isProgram(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
    }
}
