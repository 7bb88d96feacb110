/// Which keys edit a line: those of emacs, or those of vi.
public enum EditMode: String, Sendable, CaseIterable {
    case emacs, vi
}
