/// The best few of many, kept in a bounded heap whose top is the worst of them.
///
/// A lower score is better; of equal scores the earlier position is.
struct BestFew {
    private let limit: Int
    /// Score in the upper half, position in the lower: one comparison orders both.
    private var heap: [UInt64] = []

    init(_ limit: Int) {
        self.limit = limit
        heap.reserveCapacity(limit)
    }

    /// Whether something of this score would be kept: asked before the work of finding out the exact score.
    func takes(_ score: UInt64, _ position: Int) -> Bool {
        heap.count < limit || key(score, position) < heap[0]
    }

    mutating func offer(_ score: UInt64, _ position: Int) {
        let key = key(score, position)
        if heap.count < limit {
            heap.append(key)
            rise(heap.count - 1)
        } else if key < heap[0] {
            heap[0] = key
            sink(0)
        }
    }

    /// Positions, best first.
    var sorted: [Int] { heap.sorted().map { Int($0 & 0xFFFF_FFFF) } }

    private func key(_ score: UInt64, _ position: Int) -> UInt64 { score << 32 | UInt64(position) }

    private mutating func rise(_ start: Int) {
        var child = start
        while child > 0, case let parent = (child - 1) / 2, heap[parent] < heap[child] {
            heap.swapAt(parent, child)
            child = parent
        }
    }

    private mutating func sink(_ start: Int) {
        var parent = start
        while true {
            var worst = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child] > heap[worst] {
                worst = child
            }
            guard worst != parent else { return }
            heap.swapAt(worst, parent)
            parent = worst
        }
    }
}
