internal import ZoshKit

/// Collects the pieces of one word; neighbours of the same kind become one piece where their places stay computable.
struct FragmentBuilder {
    private var done: [Word.Fragment] = []
    private var kind: Word.Fragment.Kind?
    private var text = String.UnicodeScalarView()
    private var start = 0
    private var end = 0

    /// A scalar on its own: bare ones join the bare piece before them.
    mutating func add(_ scalar: Unicode.Scalar, _ kind: Word.Fragment.Kind, at place: Int, length: Int = 1) {
        if self.kind != kind || kind == .escaped || end != place {
            flush()
            self.kind = kind
            start = place
        }
        text.append(scalar)
        end = place + length
    }

    mutating func add(_ reference: VariableReference, at span: Span) {
        flush()
        done.append(Word.Fragment(kind: .variable(reference), text: "", span: span))
    }

    mutating func begin(_ kind: Word.Fragment.Kind, at place: Int) {
        flush()
        self.kind = kind
        start = place
        end = place
    }

    mutating func extend(_ scalar: Unicode.Scalar) { text.append(scalar) }

    /// Ends a quoted piece. An empty one is kept: `""` is a value.
    mutating func end(at place: Int) {
        end = place
        flush()
    }

    mutating func take() -> [Word.Fragment] {
        flush()
        defer { done = [] }
        return done
    }

    private mutating func flush() {
        guard let kind else { return }
        done.append(Word.Fragment(kind: kind, text: String(text), span: Span(start, end)))
        text = String.UnicodeScalarView()
        self.kind = nil
    }
}
