/// A pattern as steps for `PatternMachine`.
struct PatternProgram {
    enum Step {
        case character(PatternCharacter)
        case place(PatternPlace)
        /// Continues at both.
        case split(Int, Int)
        case jump(Int)
        case found
    }

    /// Repetitions are written out, so that a few characters can stand for any number of steps.
    static let most = 10_000

    struct TooLarge: Error {}

    private(set) var steps: [Step] = []

    init(_ node: PatternNode) throws {
        guard Self.size(of: node) < Self.most else { throw TooLarge() }
        add(node)
        steps.append(.found)
    }

    /// Steps a node will take, as far as they matter.
    private static func size(of node: PatternNode) -> Int {
        switch node {
        case .character, .place: return 1
        case .sequence(let nodes): return nodes.reduce(0) { min(most, $0 + size(of: $1)) }
        case .choice(let nodes): return nodes.reduce(0) { min(most, $0 + size(of: $1) + 2) }
        case .repeated(let node, let least, let bound):
            let (product, isTooLarge) = (size(of: node) + 1).multipliedReportingOverflow(by: max(bound ?? least, 1))
            return isTooLarge ? most : min(most, product + 2)
        }
    }

    private mutating func add(_ node: PatternNode) {
        switch node {
        case .character(let character): steps.append(.character(character))
        case .place(let place): steps.append(.place(place))
        case .sequence(let nodes): nodes.forEach { add($0) }
        case .choice(let nodes): add(nodes[...])
        case .repeated(let node, let least, let most):
            for _ in 0..<least { add(node) }
            guard let most else {
                let start = steps.count
                steps.append(.found)
                add(node)
                steps.append(.jump(start))
                steps[start] = .split(start + 1, steps.count)
                return
            }
            // Each further time may be left out with all behind it.
            var ways: [Int] = []
            for _ in least..<max(least, most) {
                ways.append(steps.count)
                steps.append(.found)
                add(node)
            }
            for way in ways { steps[way] = .split(way + 1, steps.count) }
        }
    }

    private mutating func add(_ branches: ArraySlice<PatternNode>) {
        var ends: [Int] = []
        for branch in branches.dropLast() {
            let start = steps.count
            steps.append(.found)
            add(branch)
            ends.append(steps.count)
            steps.append(.found)
            steps[start] = .split(start + 1, steps.count)
        }
        if let last = branches.last { add(last) }
        for end in ends { steps[end] = .jump(steps.count) }
    }
}
