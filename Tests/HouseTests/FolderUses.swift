/// Which folders of a room name types of which others.
struct FolderUses {
    struct Use: Hashable {
        let file: String
        let type: String
    }

    /// By the folder that names, then by the folder that declares.
    private var uses: [String: [String: Set<Use>]] = [:]

    init(_ files: [SourceFile]) {
        var homes: [String: String] = [:]
        for file in files { for type in file.declared { homes[type] = file.folder } }
        for file in files {
            for type in file.named {
                guard let home = homes[type], home != file.folder else { continue }
                uses[file.folder, default: [:]][home, default: []].insert(Use(file: file.name, type: type))
            }
        }
    }

    /// The folders that lead back to themselves, sorted; empty when none does.
    var circle: [String] {
        uses.keys.filter { start in
            var seen: Set<String> = []
            var next = Array((uses[start] ?? [:]).keys)
            while let folder = next.popLast() {
                if folder == start { return true }
                if seen.insert(folder).inserted { next += (uses[folder] ?? [:]).keys }
            }
            return false
        }.sorted()
    }

    /// `Low → High: Four.swift names Two; …`, among these folders.
    func described(_ folders: [String]) -> String {
        folders.flatMap { from in
            folders.compactMap { to -> String? in
                guard let found = uses[from]?[to] else { return nil }
                let some = found.sorted { ($0.file, $0.type) < ($1.file, $1.type) }.prefix(8)
                return "\(from) → \(to): " + some.map { "\($0.file) names \($0.type)" }.joined(separator: ", ")
            }
        }.joined(separator: "; ")
    }
}
